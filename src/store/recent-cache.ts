/** Values by key, of which the least recently used go once their weights pass the limit. */
export type RecentCache<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V, weight: number): void;
  delete(key: string): void;
  clear(): void;
};

type Held<V> = { value: V; weight: number };

/**
 * Keeps two generations instead of an order of use, which costs one look-up for a value in use: when the newer
 * one has half the limit, the older one goes and the newer takes its place. A value heavier than that isn't kept.
 */
export function createRecentCache<V>(limit: number): RecentCache<V> {
  let newer = new Map<string, Held<V>>();
  let older = new Map<string, Held<V>>();
  let weight = 0;

  const keep = (key: string, held: Held<V>) => {
    weight += held.weight - (newer.get(key)?.weight ?? 0);
    newer.set(key, held);
    if (weight <= limit / 2) return;
    older = newer;
    newer = new Map();
    weight = 0;
  };

  const cache: RecentCache<V> = {
    get(key) {
      const held = newer.get(key);
      if (held) return held.value;
      const aged = older.get(key);
      if (aged) {
        older.delete(key);
        keep(key, aged);
      }
      return aged?.value;
    },
    set(key, value, itsWeight) {
      older.delete(key);
      if (itsWeight > limit / 2) cache.delete(key);
      else keep(key, { value, weight: itsWeight });
    },
    delete(key) {
      weight -= newer.get(key)?.weight ?? 0;
      newer.delete(key);
      older.delete(key);
    },
    clear() {
      newer = new Map();
      older = new Map();
      weight = 0;
    },
  };
  return cache;
}
