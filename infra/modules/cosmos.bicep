// The database: one container, read and written by identities alone, restorable to any second.
// The partition key and the indexing policy are those of src/store/cosmos/container.ts.

@minLength(3)
@maxLength(44)
param accountName string
param databaseName string
param location string
param tags object

@allowed(['serverless', 'autoscale'])
param capacity string

param maxThroughput int
param backupTier string
param publicNetworkAccess string
param zoneRedundant bool
param lock bool
param logRequests bool

@description('Who may read and write documents, and nothing else of the account.')
param contributorPrincipalIds array

param workspaceId string

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: accountName
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: publicNetworkAccess
    networkAclBypass: 'None'
    enableAutomaticFailover: false
    enableMultipleWriteLocations: false
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: zoneRedundant
      }
    ]
    capabilities: capacity == 'serverless' ? [
      {
        name: 'EnableServerless'
      }
    ] : []
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backupTier
      }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource documents 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = {
  parent: database
  name: 'documents'
  properties: {
    resource: {
      id: 'documents'
      partitionKey: {
        paths: ['/pk']
        kind: 'Hash'
        version: 2
      }
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [
          { path: '/pk/?' }
          { path: '/kind/?' }
          { path: '/dueAt/?' }
          { path: '/data/plan/?' }
          { path: '/data/accountableManager/?' }
          { path: '/data/kpi/?' }
          { path: '/data/milestone/?' }
          { path: '/data/digest/?' }
        ]
        excludedPaths: [
          { path: '/*' }
        ]
      }
    }
    options: capacity == 'autoscale' ? {
      autoscaleSettings: {
        maxThroughput: maxThroughput
      }
    } : {}
  }
}

// Built in: Cosmos DB Built-in Data Contributor
resource dataContributor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2025-04-15' existing = {
  parent: account
  name: '00000000-0000-0000-0000-000000000002'
}

// One after the other: the account takes one change of its roles at a time.
@batchSize(1)
resource contributors 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = [for principalId in contributorPrincipalIds: {
  parent: account
  name: guid(database.id, principalId, dataContributor.id)
  properties: {
    principalId: principalId
    roleDefinitionId: dataContributor.id
    scope: '${account.id}/dbs/${databaseName}'
  }
}]

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'keep-the-database'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'A council’s figures and their history.'
  }
}

// Who did what to the account, and on demand which requests read or wrote documents; never what was in them.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: 'ControlPlaneRequests'
        enabled: true
      }
      {
        category: 'DataPlaneRequests'
        enabled: logRequests
      }
    ]
  }
}

output accountId string = account.id
output endpoint string = account.properties.documentEndpoint
