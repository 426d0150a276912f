import { z } from 'zod';

export type Credentials = {
  /** The bot's application (client) id. */
  id: string;
  tenantId: string;
  type: 'SingleTenant' | 'UserAssignedMSI';
  /** Null for a managed identity, which has none. */
  password: string | null;
};

export type StoreConfig =
  | { kind: 'sqlite'; file: string }
  | { kind: 'cosmos'; endpoint: string; database: string; key: string | null };

/** Where OpenTelemetry traces and metrics go; null means nowhere, and that nothing of it is loaded. */
export type TelemetryConfig = {
  /** The address of an OTLP collector (HTTP), without `/v1/…`. */
  otlp: string | null;
  /** Application Insights; `managedIdentity` is the client id to sign in with, null where its key is enough. */
  azureMonitor: { connectionString: string; managedIdentity: string | null } | null;
  /** The share of traces that are kept, 0 to 1. Metrics count everything. */
  traceShare: number;
};

/** Playground mode takes whatever reaches it without a token, so it has no host to choose: loopback only. */
export type Config = {
  port: number;
  logLevel: string;
  store: StoreConfig;
  telemetry: TelemetryConfig | null;
} & (
  | { mode: 'playground'; host: '127.0.0.1'; playgroundPort: number | null }
  | { mode: 'teams'; host: string; credentials: Credentials; allowedTenants: readonly string[] }
);

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

const port = z.coerce.number().int().min(0).max(65535);
const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'is not a GUID');

/** Tokens and keys go to it, so the way to it must be HTTPS; the emulator is on this machine. */
function isProtected(address: string): boolean {
  const url = URL.parse(address);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
}

/** Every variable that Planwatch reads; `.env.example` and docs/operations.md say the same in more words. */
const variables = {
  /** `playground` runs on this machine without tokens; `teams` serves Microsoft Teams. */
  PLANWATCH_MODE: z.enum(['playground', 'teams']).default('playground'),
  /** The port of the web server; 0 takes any that is free. */
  PORT: port.default(3978),
  /** teams: the address to listen on. Playground mode always listens on loopback. */
  HOST: z.string().default('0.0.0.0'),
  /** playground: the port of the Teams-like client, or `off` to start none. */
  PLAYGROUND_PORT: z.union([z.literal('off'), port]).default(56150),
  /** How much is logged: `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** `sqlite` keeps one file; `cosmos` is for a council that outgrows one machine. */
  PLANWATCH_STORE: z.enum(['sqlite', 'cosmos']).default('sqlite'),
  /** sqlite: the file, made when it is missing. */
  PLANWATCH_SQLITE_FILE: z.string().default('.data/planwatch.db'),
  /** cosmos: the account's address, such as `https://NAME.documents.azure.com:443/`. */
  COSMOS_ENDPOINT: z.url().refine(isProtected, 'does not begin with https://').optional(),
  /** cosmos: the database, made when it is missing and the identity may make it. */
  COSMOS_DATABASE: z.string().default('planwatch'),
  /** cosmos: an account key. Left out, the managed identity is used. */
  COSMOS_KEY: z.string().optional(),
  /** teams: the bot's application (client) id. */
  BOT_ID: guid.optional(),
  /** teams: the tenant where the bot's application is registered. */
  BOT_TENANT_ID: guid.optional(),
  /** teams: `SingleTenant` with BOT_PASSWORD, or `UserAssignedMSI` with a managed identity. */
  BOT_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
  /** teams: the client secret of a SingleTenant bot. */
  BOT_PASSWORD: z.string().optional(),
  /** teams: the tenants of the councils that may use this bot, separated by commas. */
  ALLOWED_TENANTS: z
    .string()
    .transform((list) => list.split(',').map((tenant) => tenant.trim().toLowerCase()))
    .pipe(z.array(guid))
    .optional(),
  /** Telemetry: where an OTLP collector takes traces and metrics over HTTP. Left out, nothing is sent to one. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'is not an http or https address' })
    .optional(),
  /** Telemetry: the share of traces that are kept, 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Telemetry: Application Insights. With a managed identity the bot signs in with it, else with the key in here. */
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(/(^|;)\s*InstrumentationKey=[0-9a-f-]{36}\s*(;|$)/i, 'has no InstrumentationKey')
    .optional(),
};

type Variables = { [Name in keyof typeof variables]: z.infer<(typeof variables)[Name]> };
type Environment = Record<string, string | undefined>;

/** What the chosen mode and store need beyond their defaults, with the reason that the error gives. */
function needs(read: Partial<Variables>): [keyof Variables, string][] {
  const teams = read.PLANWATCH_MODE === 'teams';
  const all: [boolean, keyof Variables, string][] = [
    [teams, 'BOT_ID', "the bot's application (client) id"],
    [teams, 'BOT_TENANT_ID', "the tenant of the bot's registration"],
    [teams && read.BOT_TYPE === 'SingleTenant', 'BOT_PASSWORD', 'the client secret of a SingleTenant bot'],
    [teams, 'ALLOWED_TENANTS', 'the tenants that may use this bot, separated by commas'],
    [read.PLANWATCH_STORE === 'cosmos', 'COSMOS_ENDPOINT', "the Cosmos DB account's address"],
  ];
  return all.filter(([needed]) => needed).map(([, name, what]) => [name, what]);
}

/**
 * Environment → Config. An empty variable counts as absent. The message names every fault at once.
 * A missing app id never means "no authentication": in teams mode it is a fault (PLATFORM "Inbound").
 *
 * @example
 * const read = readConfig(process.env);
 * if (!read.ok) exitWith(read.message);
 */
export function readConfig(env: Environment): ConfigResult {
  const read: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, schema] of Object.entries(variables)) {
    const value = env[name]?.trim() || undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) read[name] = parsed.data;
    else faults.push(`${name}: ${shown(name, value)} ${parsed.error.issues[0]!.message}`);
  }
  for (const [name, what] of needs(read as Partial<Variables>)) {
    if (!env[name]?.trim()) faults.push(`${name} is missing: ${what}`);
  }
  if (faults.length === 0) return { ok: true, config: compose(read as Variables) };
  return { ok: false, message: `Planwatch can't start:\n${faults.map((fault) => `- ${fault}`).join('\n')}` };
}

/**
 * A secret must not reach a terminal or a log by way of its own error, nor by standing in the place of what is beside
 * it: a client secret as BOT_ID, a whole connection string as COSMOS_ENDPOINT.
 */
const shown = (name: string, value: string | undefined) =>
  /^(BOT|COSMOS)_|CONNECTION_STRING/.test(name) ? 'its value' : `"${value}"`;

function compose(read: Variables): Config {
  const store: StoreConfig =
    read.PLANWATCH_STORE === 'cosmos'
      ? {
          kind: 'cosmos',
          endpoint: read.COSMOS_ENDPOINT!,
          database: read.COSMOS_DATABASE,
          key: read.COSMOS_KEY ?? null,
        }
      : { kind: 'sqlite', file: read.PLANWATCH_SQLITE_FILE };
  const common = { port: read.PORT, logLevel: read.LOG_LEVEL, store, telemetry: telemetryOf(read) };
  if (read.PLANWATCH_MODE === 'playground') {
    const playgroundPort = read.PLAYGROUND_PORT === 'off' ? null : read.PLAYGROUND_PORT;
    return { ...common, mode: 'playground', host: '127.0.0.1', playgroundPort };
  }
  return {
    ...common,
    mode: 'teams',
    host: read.HOST,
    credentials: {
      id: read.BOT_ID!,
      tenantId: read.BOT_TENANT_ID!,
      type: read.BOT_TYPE,
      password: read.BOT_PASSWORD ?? null,
    },
    allowedTenants: read.ALLOWED_TENANTS!,
  };
}

function telemetryOf(read: Variables): TelemetryConfig | null {
  const otlp = read.OTEL_EXPORTER_OTLP_ENDPOINT ?? null;
  const connectionString = read.APPLICATIONINSIGHTS_CONNECTION_STRING;
  if (!otlp && !connectionString) return null;
  const isManaged = read.PLANWATCH_MODE === 'teams' && read.BOT_TYPE === 'UserAssignedMSI';
  const managedIdentity = isManaged ? read.BOT_ID! : null;
  return {
    otlp,
    azureMonitor: connectionString ? { connectionString, managedIdentity } : null,
    traceShare: read.OTEL_TRACES_SAMPLER_ARG,
  };
}
