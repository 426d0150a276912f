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

/** A log that writes JSON lines to standard output, or to `destination` in tests. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  // Written beside the turns, not within them; what is waiting at exit is written then.
  const logger = pino(options, destination ?? pino.destination({ sync: false }));
  return {
    debug: (facts, event) => logger.debug(facts, event),
    info: (facts, event) => logger.info(facts, event),
    warn: (facts, event) => logger.warn(facts, event),
    error: (error, facts, event) => logger.error({ ...facts, error: describe(error) }, event),
  };
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    kind: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    status: typeof statusCode === 'number' ? statusCode : undefined,
    at: frames?.slice(0, 8).map((frame) => frame.trim()),
  };
}
