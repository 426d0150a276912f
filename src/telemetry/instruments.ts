/** Every metric’s name; infra/modules/alerts.bicep and the dashboard ask for these. */
export const metricNames = {
  turnDuration: 'planwatch.turn.duration',
  deliveries: 'planwatch.deliveries',
  queueAge: 'planwatch.queue.age',
  heartbeatAge: 'planwatch.heartbeat.age',
  storeDuration: 'planwatch.store.duration',
  storeRequestCharge: 'planwatch.store.request_charge',
  updatesGiven: 'planwatch.updates.given',
  updatesLate: 'planwatch.updates.late',
} as const;
