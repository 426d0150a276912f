// The bot itself, at least twice. A new image is a new revision: it gets traffic once it says that it is ready, and
// the old one is stopped after that.

param appName string
param location string
param tags object
param environmentId string
param identityId string
param registryServer string
param image string

@minValue(2)
param minReplicas int

@minValue(2)
param maxReplicas int

param botId string
param botTenantId string
param allowedTenants string
param cosmosEndpoint string
param cosmosDatabase string
param logLevel string
param traceShare string

@description('Where telemetry goes. It is an address and no secret: nothing is taken there without a token of the identity.')
param insightsConnection string

var port = 3978

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: appName
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'http'
        traffic: [
          {
            latestRevision: true
            weight: 100
          }
        ]
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
    }
    template: {
      // Planwatch ends by itself within ten seconds of SIGTERM.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'planwatch'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            { name: 'PLANWATCH_MODE', value: 'teams' }
            { name: 'HOST', value: '0.0.0.0' }
            { name: 'PORT', value: string(port) }
            { name: 'LOG_LEVEL', value: logLevel }
            { name: 'OTEL_TRACES_SAMPLER_ARG', value: traceShare }
            { name: 'PLANWATCH_STORE', value: 'cosmos' }
            { name: 'COSMOS_ENDPOINT', value: cosmosEndpoint }
            { name: 'COSMOS_DATABASE', value: cosmosDatabase }
            { name: 'BOT_TYPE', value: 'UserAssignedMSI' }
            { name: 'BOT_ID', value: botId }
            { name: 'BOT_TENANT_ID', value: botTenantId }
            { name: 'ALLOWED_TENANTS', value: allowedTenants }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnection }
            // For the clients of the database and of telemetry: which identity, and no other way to sign in.
            { name: 'AZURE_CLIENT_ID', value: botId }
            { name: 'AZURE_TOKEN_CREDENTIALS', value: 'ManagedIdentityCredential' }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/livez'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/livez'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: port
              }
              periodSeconds: 5
              timeoutSeconds: 4
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'turns'
            http: {
              metadata: {
                concurrentRequests: '50'
              }
            }
          }
        ]
      }
    }
  }
}
