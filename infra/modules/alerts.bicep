// What somebody has to look at. docs/operations.md, "Alerts", says what to do for each.
// The queries read the JSON lines that the bot writes on standard output.

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

// A message that is still being retried ten minutes after its first try, or rounds that have failed for ten minutes.
var queueQuery = '''
let lines = ContainerAppConsoleLogs
| where ContainerAppName == 'APP_NAME'
| extend line = parse_json(Log)
| extend event = tostring(line.msg), delivery = tostring(line.delivery), state = tostring(line.state);
let stuck = lines
| where event == 'delivery-settled'
| summarize firstTry = minif(TimeGenerated, state == 'waiting'), arg_max(TimeGenerated, state) by delivery
| where state == 'waiting' and firstTry < ago(10m)
| project what = delivery;
let failing = lines
| where event in ('outbox-round-failed', 'deliveries-failed', 'cycle-round-failed', 'delivery-failed')
| summarize from = min(TimeGenerated), to = max(TimeGenerated) by event
| where to - from > 10m and to > ago(6m)
| project what = event;
union stuck, failing
'''

var turnsQuery = '''
ContainerAppConsoleLogs
| where ContainerAppName == 'APP_NAME'
| extend line = parse_json(Log)
| where tostring(line.msg) in ('turn-failed', 'request-failed')
'''

// The worker's heartbeat is what /livez answers: 503 once it has hung for a minute and a half.
var heartbeatQuery = '''
ContainerAppSystemLogs
| where ContainerAppName == 'APP_NAME'
| where Reason == 'ProbeFailed' and Log has 'liveness'
'''

var rules = [
  {
    name: 'queue-older-than-10-minutes'
    description: 'Messages have waited for more than ten minutes.'
    severity: 2
    query: queueQuery
    window: 'PT1H'
    threshold: 0
  }
  {
    name: 'failed-turns'
    description: 'Three or more turns failed within a quarter of an hour: people saw an error card.'
    severity: 2
    query: turnsQuery
    window: 'PT15M'
    threshold: 2
  }
  {
    name: 'no-heartbeat'
    description: 'An instance says that its worker hangs, or answers nothing.'
    severity: 1
    query: heartbeatQuery
    window: 'PT5M'
    threshold: 2
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
    enabled: true
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    scopes: [workspaceId]
    // The workspace learns of these tables with the first line.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: replace(rule.query, 'APP_NAME', appName)
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: rule.threshold
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

// Where nothing runs, nothing writes a line; the platform counts the instances.
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
