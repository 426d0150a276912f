// What somebody has to look at. docs/operations.md, "Alerts", says what to do for each.
// The queries read the bot's metrics and the JSON lines that it writes on standard output. Each gives a row when there
// is something to tell and none otherwise.

param resourceBaseName string
param location string
param tags object
param appName string

@description('The container app, or empty while there is none.')
param appId string

@description('Instances that should always run.')
param minReplicas int

param workspaceId string
param email string

// Two of the last three stretches of five minutes, so that one slow moment wakes nobody. Messages count from when
// they should have gone, whether or not anybody has tried.
var queueQuery = '''
AppMetrics
| where Name == 'planwatch.queue.age'
| summarize age = max(Sum / ItemCount) by stretch = bin(TimeGenerated, 5m)
| where age > 600
| summarize stretches = count()
| where stretches > 1
'''

// From the log: a round that fails puts nothing in the queue, and of the cycle’s rounds the heartbeat knows nothing.
var roundsQuery = '''
ContainerAppConsoleLogs
| where ContainerAppName == 'APP_NAME'
| extend event = tostring(parse_json(Log).msg)
| where event in ('outbox-round-failed', 'deliveries-failed', 'cycle-round-failed', 'delivery-failed')
| summarize times = count(), begun = min(TimeGenerated), newest = max(TimeGenerated) by event
| where times > 2 and newest - begun > 10m and newest > ago(10m)
'''

// The metric and the log count the same turns. Each may miss some, so the higher count is taken.
var turnsQuery = '''
union isfuzzy=true
  (AppMetrics
  | where Name == 'planwatch.turn.duration' and tostring(Properties.outcome) == 'failed'
  | summarize failed = sum(ItemCount)),
  (ContainerAppConsoleLogs
  | where ContainerAppName == 'APP_NAME'
  | where tostring(parse_json(Log).msg) in ('turn-failed', 'request-failed')
  | summarize failed = count())
| summarize failed = max(failed)
| where failed > 2
'''

// An instance whose worker hangs says so by its metric, until /livez answers 503 and it is started anew. One that
// answers nothing sends no metric either, and is known by its failed probes alone.
var heartbeatQuery = '''
union isfuzzy=true
  (AppMetrics
  | where Name == 'planwatch.heartbeat.age' and Sum / ItemCount > 90
  | summarize by instance = AppRoleInstance),
  (ContainerAppSystemLogs
  | where ContainerAppName == 'APP_NAME' and Log has 'liveness' and Log contains 'fail'
  | summarize probes = count()
  | where probes > 2
  | project instance = 'unknown')
'''

// Absence has no rows, so it is counted: count() of nothing is a row with 0. By when it arrived, because Azure may
// take minutes to have what was measured. The empty table stands in until the first metric has made the real one.
var silenceQuery = '''
union isfuzzy=true
  (AppMetrics
  | where Name == 'planwatch.heartbeat.age' and ingestion_time() > ago(5m)
  | project TimeGenerated),
  (datatable(TimeGenerated: datetime)[])
| summarize arrived = count()
| where arrived == 0
'''

var rules = [
  {
    name: 'queue-older-than-10-minutes'
    description: 'A message has waited for more than ten minutes.'
    severity: 2
    query: queueQuery
    window: 'PT15M'
  }
  {
    name: 'rounds-fail'
    description: 'The rounds that ask people and send messages have failed for ten minutes.'
    severity: 2
    query: roundsQuery
    window: 'PT30M'
  }
  {
    name: 'failed-turns'
    description: 'Three or more turns failed within a quarter of an hour: people saw an error card.'
    severity: 2
    query: turnsQuery
    window: 'PT15M'
  }
  {
    name: 'no-heartbeat'
    description: 'An instance’s worker has made no round for a minute and a half, or the instance answers nothing.'
    severity: 1
    query: heartbeatQuery
    window: 'PT10M'
  }
  {
    name: 'no-metrics'
    description: 'No metric has come from any instance for five minutes: nothing runs, or nobody would know.'
    severity: 1
    query: silenceQuery
    window: 'PT15M'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${resourceBaseName}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'planwatch'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in rules: {
  name: '${resourceBaseName}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Planwatch: ${rule.name}'
    description: rule.description
    severity: rule.severity
    // Before there is a container app there is nothing to miss.
    enabled: !empty(appId)
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    scopes: [workspaceId]
    // The workspace learns of these tables with the first row.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: replace(rule.query, 'APP_NAME', appName)
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]

// The platform counts the instances by itself, whatever they write or don't.
resource noInstance 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(appId)) {
  name: '${resourceBaseName}-no-instance'
  location: 'global'
  tags: tags
  properties: {
    description: 'Fewer instances run than always should.'
    severity: 1
    enabled: true
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    scopes: [appId]
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'instances'
          metricNamespace: 'Microsoft.App/containerApps'
          metricName: 'Replicas'
          timeAggregation: 'Maximum'
          operator: 'LessThan'
          threshold: minReplicas
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
