/** What Planwatch takes from the machine that it runs on. Only the fault runs of chaos/ give it another. */
export type Machine = {
  /** The clock as an ISO instant. */
  wallNow: () => string;
  /** Milliseconds that have passed, by a clock that is never set. */
  elapsed: () => number;
  /** How many of those pass in a millisecond of the timers. */
  speed: number;
  /** Milliseconds of the timers that Teams is given to answer; left out, the usual. */
  sendTimeout?: number;
  /** Names this process in leases and claims; left out, a new id. */
  name?: string;
};

export const thisMachine: Machine = {
  wallNow: () => new Date().toISOString(),
  elapsed: () => performance.now(),
  speed: 1,
};
