import type { Store } from '../store/store.ts';

/** What a turn was: filled in on its way, and read when it is over. */
export type Route = {
  /** The pressed verb, or the same word for what was typed. */
  verb: string;
  via: 'text' | 'execute' | 'submit' | 'event';
  outcome: 'answered' | 'refused' | 'failed' | 'limited';
};

/** What a try to send a message came to; `retry` is tried again later. What needn't be sent is no try. */
export type DeliveryOutcome = { message: string; state: 'sent' | 'retry' | 'unknown' | 'dead' };

/** How the worker does, asked for whenever it is measured. */
export type Vitals = {
  /** Seconds that the oldest message has waited which should have gone, 0 when none waits. */
  queueAge: number;
  /** Seconds since the worker's last round that didn't fail. */
  heartbeatAge: number;
  /** Overdue updates of each council that this process works for, as of the last round in the council's hours. */
  updatesLate: readonly { tenant: string; count: number }[];
};

/**
 * What is measured and traced while Planwatch works. Ids, counts and times alone: never a name, nor anything typed.
 * The trace of a turn or round has the correlation id, without its hyphens, as its own, and so have the deliveries
 * that it caused.
 */
export type Telemetry = {
  /** Takes a turn as the beginning of its trace, and measures it. */
  turn<T>(correlationId: string, tenant: string, route: Route, take: () => Promise<T>): Promise<T>;
  /** Counts a turn that was answered with a request to wait. A flood makes no traces. */
  limited(via: Route['via']): void;
  /** Runs a round of a council's cycle as the beginning of its trace. */
  round<T>(correlationId: string, tenant: string, run: () => Promise<T>): Promise<T>;
  /** Sends one message in the trace of what caused it. */
  delivering<T>(cause: string, message: string, send: () => Promise<T>): Promise<T>;
  delivered(outcome: DeliveryOutcome): void;
  updateGiven(update: { kind: string; late: boolean }): void;
  requestCharged(operation: string, units: number): void;
  /** The same store with every call measured. */
  watchStore(store: Store): Store;
  watchWorker(vitals: () => Vitals): void;
  /** Sends what isn't sent yet, but waits no longer than two seconds. */
  close(): Promise<void>;
};

/** Telemetry that is switched off: nothing is loaded, measured or sent. */
export const noTelemetry: Telemetry = {
  turn: (_correlationId, _tenant, _route, take) => take(),
  limited() {},
  round: (_correlationId, _tenant, run) => run(),
  delivering: (_cause, _message, send) => send(),
  delivered() {},
  updateGiven() {},
  requestCharged() {},
  watchStore: (store) => store,
  watchWorker() {},
  close: async () => {},
};
