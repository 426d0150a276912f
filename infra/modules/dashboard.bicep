// Is it well, and what does it do: a workbook in the Azure portal. docs/operations.md, "Read the dashboard", explains it.
// What it shows is dashboard.json, as the portal's own editor writes and reads it.

param location string
param tags object
param appName string
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // The portal takes no other name than a GUID.
  name: guid(workspaceId, 'dashboard')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Planwatch'
    category: 'workbook'
    sourceId: workspaceId
    version: 'Notebook/1.0'
    serializedData: replace(replace(loadTextContent('dashboard.json'), 'WORKSPACE_ID', workspaceId), 'APP_NAME', appName)
  }
}

output workbookId string = workbook.id
