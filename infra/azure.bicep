// Everything that Planwatch needs in a subscription of the council's own, in one resource group:
// identity, bot, registry, database, logs, alerts, dashboard, and the container app once there is an image for it.
targetScope = 'resourceGroup'

@description('Part of every name. Lower-case letters and digits only, a letter first; the registry, the database and the bot need it unique in all of Azure.')
@minLength(5)
@maxLength(20)
param resourceBaseName string

@description('The name of the bot, as the Azure portal shows it.')
@maxLength(42)
param botDisplayName string = 'Planwatch'

@description('The region. People’s data stays in it: uksouth or ukwest for a council in the United Kingdom.')
param location string = resourceGroup().location

@description('The tag of the image planwatch in the registry. "none" makes everything but the container app.')
param imageTag string = 'none'

@description('The tenants whose people may use this bot, separated by commas.')
param allowedTenants string = tenant().tenantId

@description('Who gets the alerts by e-mail.')
param alertEmail string

@description('Object ids of people or groups that may use the command line on the database, such as performance officers.')
param operatorPrincipalIds array = []

@description('Instances that always run. Two, so that one can be replaced or lost without anybody noticing.')
@minValue(2)
@maxValue(10)
param minReplicas int = 2

@description('Instances at most.')
@minValue(2)
@maxValue(10)
param maxReplicas int = 4

@description('How much is logged.')
@allowed(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
param logLevel string = 'info'

@description('The share of traces that are kept, 0 to 1. Metrics count everything.')
param traceShare string = '1'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 90

@description('The database account. Another name here, of an account that was restored beside it, moves Planwatch to that one.')
@minLength(3)
@maxLength(44)
param cosmosAccountName string = '${resourceBaseName}-cosmos'

@description('serverless costs what is used; autoscale is for councils whose use is steady and high.')
@allowed(['serverless', 'autoscale'])
param cosmosCapacity string = 'serverless'

@description('autoscale: request units a second at most.')
@minValue(1000)
param cosmosMaxThroughput int = 1000

@description('How far back the database can be restored to any second.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param cosmosBackupTier string = 'Continuous30Days'

@description('Whether the database answers on the internet, to signed-in identities alone. Disable it together with the two subnets.')
@allowed(['Enabled', 'Disabled'])
param cosmosPublicNetworkAccess string = 'Enabled'

@description('Spread the database over the region’s availability zones, where it has them.')
param cosmosZoneRedundant bool = false

@description('Log every request to the database, with who made it. The worker looks once a second, so this is most of what is logged then.')
param logDatabaseRequests bool = false

@description('Refuse to delete the database account until the lock is taken off. Only an Owner or a User Access Administrator may put it on.')
param lockDatabase bool = true

@description('Spread the instances over the region’s availability zones. Needs appSubnetId, and a region that has zones.')
param appZoneRedundant bool = false

@description('A subnet for the container apps, delegated to Microsoft.App/environments. Empty: a network of Azure’s.')
param appSubnetId string = ''

@description('A subnet of the same network for the database’s private endpoint. Empty: none.')
param privateEndpointSubnetId string = ''

@description('The zone privatelink.documents.azure.com that your network has already. Empty: one is made and linked to the network.')
param privateDnsZoneId string = ''

@description('Tags for every resource.')
param tags object = {}

var appName = '${resourceBaseName}-app'
var databaseName = 'planwatch'
var hasImage = imageTag != 'none'

// The bot, the database's user and who pulls the image are one identity without a password.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${resourceBaseName}-identity'
  location: location
  tags: tags
}

module logs 'modules/logs.bicep' = {
  name: 'planwatch-logs'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    tags: tags
    retentionInDays: logRetentionInDays
    publisherPrincipalId: identity.properties.principalId
  }
}

module registry 'modules/registry.bicep' = {
  name: 'planwatch-registry'
  params: {
    registryName: resourceBaseName
    location: location
    tags: tags
    pullerPrincipalId: identity.properties.principalId
    workspaceId: logs.outputs.workspaceId
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'planwatch-cosmos'
  params: {
    accountName: cosmosAccountName
    databaseName: databaseName
    location: location
    tags: tags
    capacity: cosmosCapacity
    maxThroughput: cosmosMaxThroughput
    backupTier: cosmosBackupTier
    publicNetworkAccess: cosmosPublicNetworkAccess
    zoneRedundant: cosmosZoneRedundant
    lock: lockDatabase
    logRequests: logDatabaseRequests
    contributorPrincipalIds: concat([identity.properties.principalId], operatorPrincipalIds)
    workspaceId: logs.outputs.workspaceId
  }
}

module privateLink 'modules/private-link.bicep' = if (!empty(privateEndpointSubnetId)) {
  name: 'planwatch-private-link'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    tags: tags
    accountId: cosmos.outputs.accountId
    subnetId: privateEndpointSubnetId
    existingZoneId: privateDnsZoneId
  }
}

module environment 'modules/environment.bicep' = {
  name: 'planwatch-environment'
  params: {
    environmentName: '${resourceBaseName}-env'
    location: location
    tags: tags
    subnetId: appSubnetId
    zoneRedundant: appZoneRedundant
    workspaceId: logs.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = if (hasImage) {
  name: 'planwatch-app'
  params: {
    appName: appName
    location: location
    tags: tags
    environmentId: environment.outputs.environmentId
    identityId: identity.id
    registryServer: registry.outputs.loginServer
    image: '${registry.outputs.loginServer}/planwatch:${imageTag}'
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    botId: identity.properties.clientId
    botTenantId: identity.properties.tenantId
    allowedTenants: allowedTenants
    cosmosEndpoint: cosmos.outputs.endpoint
    cosmosDatabase: databaseName
    logLevel: logLevel
    traceShare: traceShare
    insightsConnection: logs.outputs.insightsConnection
  }
  // In a network of its own the database is found by its endpoint alone.
  dependsOn: [
    privateLink
  ]
}

// Its address is known before the container app is there, so the bot can be registered first.
module bot 'botRegistration/azurebot.bicep' = {
  name: 'planwatch-bot'
  params: {
    botServiceName: '${resourceBaseName}-bot'
    botDisplayName: botDisplayName
    tags: tags
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    identityTenantId: identity.properties.tenantId
    botAppDomain: '${appName}.${environment.outputs.defaultDomain}'
    workspaceId: logs.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'planwatch-alerts'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    tags: tags
    appName: appName
    minReplicas: minReplicas
    appId: hasImage ? resourceId('Microsoft.App/containerApps', appName) : ''
    workspaceId: logs.outputs.workspaceId
    email: alertEmail
  }
  dependsOn: [
    app
  ]
}

module dashboard 'modules/dashboard.bicep' = {
  name: 'planwatch-dashboard'
  params: {
    location: location
    tags: tags
    appName: appName
    workspaceId: logs.outputs.workspaceId
  }
}

output AZURE_CONTAINER_REGISTRY_NAME string = registry.outputs.name
output AZURE_CONTAINER_APP_NAME string = appName
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
output BOT_DOMAIN string = '${appName}.${environment.outputs.defaultDomain}'
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output DASHBOARD_URL string = 'https://portal.azure.com/#@${tenant().tenantId}/resource${dashboard.outputs.workbookId}/workbook'
