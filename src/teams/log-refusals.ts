import type { Log } from '../log.ts';

/** Refused tokens that are logged one by one within `within` milliseconds; of those beyond, how many there were. */
const most = 20;
const within = 60_000;

/** Logs refused tokens so that nobody who has none can fill the log. */
export function createRefusalLog({
  log,
  clock,
}: {
  log: Log;
  clock: () => number;
}): (error: unknown) => void {
  let since = Number.NEGATIVE_INFINITY;
  let logged = 0;
  let beyond = 0;
  return (error) => {
    const now = clock();
    // A clock that was set back begins anew.
    if (now < since || now - since >= within) {
      if (beyond > 0) log.warn({ refused: beyond }, 'more-tokens-refused');
      since = now;
      logged = 0;
      beyond = 0;
    }
    if (logged >= most) {
      beyond += 1;
      return;
    }
    logged += 1;
    log.error(error, {}, 'token-refused');
  };
}
