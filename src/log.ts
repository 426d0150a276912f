import { type DestinationStream, pino } from 'pino';

/**
 * What may be logged: codes, ids, counts and durations. Never a person's name or e-mail, nor anything typed:
 * a log is kept longer and read by more people than the council's own data.
 */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log lines: facts, and the event's name in kebab-case. */
export type Log = {
  debug(facts: Facts, event: string): void;
  info(facts: Facts, event: string): void;
  warn(facts: Facts, event: string): void;
  /** `error` is recorded by its kind, code and stack frames, for its message may quote what was typed. */
  error(error: unknown, facts: Facts, event: string): void;
};

/** Longer than any id; what a client made up is cut. */
const longestFact = 500;

/**
 * Facts without what would move a terminal's cursor, turn its text round or break a line in what reads logs: JSON
 * escapes only some of it, and ids come from clients.
 */
function plain(facts: Facts): Facts {
  const entries = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'string' ? fact.slice(0, longestFact).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�') : fact,
  ]);
  return Object.fromEntries(entries);
}

/** A log that writes JSON lines to standard output, or to `destination` in tests. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  // Written beside the turns, not within them; what is waiting at exit is written then.
  const logger = pino(options, destination ?? pino.destination({ sync: false }));
  return {
    debug: (facts, event) => logger.debug(plain(facts), event),
    info: (facts, event) => logger.info(plain(facts), event),
    warn: (facts, event) => logger.warn(plain(facts), event),
    error: (error, facts, event) => logger.error({ ...plain(facts), error: describe(error) }, event),
  };
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  // A message has lines too, and one that was typed may look like a frame.
  const stack = error.stack?.replace(error.message, '');
  const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    kind: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    status: typeof statusCode === 'number' ? statusCode : undefined,
    at: frames?.slice(0, 8).map((frame) => frame.trim()),
  };
}
