import type { Store } from '../store/store.ts';

/** What every use case is given. */
export type Deps = {
  store: Store;
  /** The instant now, for a council: the system's clock, or the playground's. */
  now: (tenant: string) => string;
  /** The instant now by the machine's clock, which no playground moves: for retries and claims. */
  wallNow: () => string;
  /** A new opaque id. */
  newId: () => string;
  /** Told of every figure and milestone that was kept, and whether that was after its due date. */
  onUpdateGiven?: (update: { kind: 'kpi' | 'milestone'; late: boolean }) => void;
};
