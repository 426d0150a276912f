import type { Meter } from '@opentelemetry/api';

/** What is measured. The alerts and the dashboard in infra/ ask for these names. */
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

/** Seconds; Teams gives up on a turn after ten. */
const turnBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const storeBuckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Docs/operations.md, "What is measured", says the same in words. */
export function createInstruments(meter: Meter) {
  return {
    turnDuration: meter.createHistogram(metricNames.turnDuration, {
      unit: 's',
      description: 'From a message or press to its answer',
      advice: { explicitBucketBoundaries: turnBuckets },
    }),
    deliveries: meter.createCounter(metricNames.deliveries, {
      description: 'Tries to send a message, by what came of them',
    }),
    queueAge: meter.createObservableGauge(metricNames.queueAge, {
      unit: 's',
      description: 'How long the oldest message has waited that should have gone; 0 when none waits',
    }),
    heartbeatAge: meter.createObservableGauge(metricNames.heartbeatAge, {
      unit: 's',
      description: 'Since the worker’s last whole round',
    }),
    storeDuration: meter.createHistogram(metricNames.storeDuration, {
      unit: 's',
      description: 'One call of the store',
      advice: { explicitBucketBoundaries: storeBuckets },
    }),
    storeRequestCharge: meter.createCounter(metricNames.storeRequestCharge, {
      unit: '{RU}',
      description: 'Request units that Cosmos DB charged',
    }),
    updatesGiven: meter.createCounter(metricNames.updatesGiven, {
      description: 'Figures and milestones that were given or corrected',
    }),
    updatesLate: meter.createObservableGauge(metricNames.updatesLate, {
      description: 'Updates that are overdue, for each council',
    }),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;
