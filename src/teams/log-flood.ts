/** Milliseconds from the first of a flood until the rest is told. */
const within = 60_000;

/**
 * Tells of what anybody can cause by the thousand so that nobody fills the log: of the first `most` in a minute one by
 * one, and of those beyond, when the minute is over, how many there were.
 *
 * @param tell.rest is given that number, and the last of them
 */
export function createFloodLog<T>(tell: {
  most: number;
  one: (what: T) => void;
  rest: (count: number, last: T) => void;
}): (what: T) => void {
  let count = 0;
  let last: T;
  const end = () => {
    if (count > tell.most) tell.rest(count - tell.most, last);
    count = 0;
  };
  return (what) => {
    if (count === 0) setTimeout(end, within).unref();
    count += 1;
    last = what;
    if (count <= tell.most) tell.one(what);
  };
}
