// The database's address within the council's own network.

param resourceBaseName string
param location string
param tags object
param accountId string
param subnetId string

@description('The zone of the network, or empty to make one.')
param existingZoneId string

var networkId = split(subnetId, '/subnets/')[0]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  // Of the account's own name, because an endpoint can't be moved to another account.
  name: '${last(split(accountId, '/'))}-endpoint'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: 'cosmos'
        properties: {
          privateLinkServiceId: accountId
          groupIds: ['Sql']
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = if (empty(existingZoneId)) {
  name: 'privatelink.documents.azure.com'
  location: 'global'
  tags: tags
}

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = if (empty(existingZoneId)) {
  parent: zone
  name: '${resourceBaseName}-link'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'cosmos'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'documents'
        properties: {
          privateDnsZoneId: empty(existingZoneId) ? zone.id : existingZoneId
        }
      }
    ]
  }
}
