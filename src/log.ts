import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * What may be logged: codes, ids, counts and durations. Never a person's name or e-mail, nor anything typed:
 * a log is kept longer and read by more people than the council's own data.
 */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log lines: an event's name in kebab-case and its facts. */
export type Log = {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  /** `error` is recorded by its kind, code and stack frames; its message may quote what a person typed. */
  error(event: string, error: unknown, facts?: Facts): void;
};

/** A log that writes JSON lines to standard output, or to `destination` in tests. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger: Logger = destination ? pino(options, destination) : pino(options);
  return {
    debug: (event, facts) => logger.debug(facts ?? {}, event),
    info: (event, facts) => logger.info(facts ?? {}, event),
    warn: (event, facts) => logger.warn(facts ?? {}, event),
    error: (event, error, facts) => logger.error({ ...facts, ...describe(error) }, event),
  };
}

function describe(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    kind: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    status: typeof statusCode === 'number' ? statusCode : undefined,
    at: frames?.slice(0, 8).join('\n'),
  };
}
