/** Counts by key that may be too large and are never too small, in memory of a fixed size. */
export type ForgottenSends = {
  add(key: string, count: number, now: number): void;
  /** At least as many as were added for this key within the last stretch. */
  countOf(key: string, now: number): number;
  /** When the counts of now are forgotten at the earliest. */
  clearsAt(now: number): number;
};

const places = 65_536;
const most = 65_535;

/** FNV-1a: spreads keys that differ little. */
function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (places - 1);
}

/**
 * Keys that fall in one place are counted together, and what was added counts for between one and two stretches:
 * both only make whoever asks more careful.
 *
 * @param stretch milliseconds
 */
export function createForgottenSends(stretch: number): ForgottenSends {
  let current = new Uint16Array(places);
  let before = new Uint16Array(places);
  let turn = 0;

  function turnTo(now: number): void {
    const due = Math.floor(now / stretch);
    if (due === turn) return;
    before = due === turn + 1 ? current : new Uint16Array(places);
    current = new Uint16Array(places);
    turn = due;
  }

  return {
    add(key, count, now) {
      turnTo(now);
      const place = placeOf(key);
      current[place] = Math.min(current[place]! + count, most);
    },
    countOf(key, now) {
      turnTo(now);
      const place = placeOf(key);
      return current[place]! + before[place]!;
    },
    clearsAt: (now) => (Math.floor(now / stretch) + 1) * stretch,
  };
}
