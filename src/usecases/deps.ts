import type { Store } from '../store/store.ts';

/** What every use case is given. */
export type Deps = {
  store: Store;
  /** The instant now, for a council: the system's clock, or the playground's. */
  now: (tenant: string) => string;
  /** A new opaque id. */
  newId: () => string;
};
