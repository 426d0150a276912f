import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricNames } from '../../src/telemetry/instruments.ts';

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

/** What the code gives each metric, as a query can ask for it; test/telemetry holds the running bot to it. */
export const attributes: Record<keyof typeof metricNames, Record<string, string[]>> = {
  turnDuration: { verb: [], via: [], outcome: ['answered', 'refused', 'failed', 'limited'] },
  deliveries: { state: ['sent', 'retry', 'unknown', 'dead'], message: ['digest', 'notice', 'cycle'] },
  queueAge: {},
  heartbeatAge: {},
  storeDuration: { operation: [], outcome: ['ok', 'conflict', 'failed'] },
  storeRequestCharge: { operation: [] },
  updatesGiven: { kind: ['kpi', 'milestone'], late: ['true', 'false'] },
  updatesLate: { tenant: [] },
};

/** What log lines have besides `msg`, the event’s name, which the logger itself writes. */
const factsOfLines = ['correlation', 'cause', 'code', 'delivery', 'error', 'ms', 'state'];
/** Spans, by how their names begin. */
const spans = ['turn ', 'deliver '];

const tables: Record<string, string[]> = {
  AppMetrics: ['TimeGenerated', 'Name', 'Sum', 'ItemCount', 'Min', 'Max', 'Properties', 'AppRoleInstance'],
  AppRequests: [
    'TimeGenerated',
    'Name',
    'DurationMs',
    'ItemCount',
    'OperationId',
    'Properties',
    'ResultCode',
  ],
  AppDependencies: ['TimeGenerated', 'Name', 'DurationMs', 'OperationId', 'Properties', 'ResultCode'],
  ContainerAppConsoleLogs: ['TimeGenerated', 'ContainerAppName', 'Log'],
  ContainerAppSystemLogs: ['TimeGenerated', 'ContainerAppName', 'Log'],
};

/** The parts of a query that read one table each, as far as the brackets around them go. */
const readingsOf = (query: string) =>
  query
    .split(/\(?\b(?=(?:App[A-Z]|ContainerApp)\w*s\n)/)
    .map((text) => ({ table: /^(\w+)\n/.exec(text)?.[1] ?? '', text }))
    .filter(({ table }) => table !== '');

/** The columns of Azure’s that a reading uses: they begin with a capital and are no name that the query makes. */
function columnsOf(text: string): string[] {
  const bare = text.replaceAll(/'[^']*'/g, '').replaceAll(/\{[^}]*\}/g, '');
  const made = [...bare.matchAll(/\b([A-Z]\w*)\s*=(?!=)/g)].map(([, name]) => name);
  const used = [...bare.matchAll(/\b[A-Z]\w*/g)].map(([name]) => name);
  return used.filter((name) => !made.includes(name) && !(name in tables));
}

/** What in a query can’t be there: tables, columns, metrics, attributes and their values, events, facts. */
export function faultsOf(query: string): string[] {
  const faults: string[] = [];
  const readings = readingsOf(query);
  if (readings.length === 0) faults.push('reads no table');
  for (const { table, text } of readings) {
    const columns = tables[table];
    if (!columns) faults.push(`no table ${table}`);
    faults.push(...columnsOf(text).flatMap((name) => (columns?.includes(name) ? [] : `${table}: ${name}`)));
    if (table === 'AppMetrics') faults.push(...faultsOfMetrics(text));
  }
  faults.push(...faultsOfLog(query));
  const names = [...query.matchAll(/Name startswith '([^']*)'/g)].map(([, name]) => name!);
  faults.push(...names.filter((name) => !spans.includes(name)).map((name) => `no span ${name}`));
  if ((query.match(/\(/g) ?? []).length !== (query.match(/\)/g) ?? []).length) faults.push('brackets');
  return faults;
}

function faultsOfMetrics(text: string): string[] {
  const named = [...text.matchAll(/'(planwatch\.[^']*)'/g)].map(([, name]) => name!);
  const known = Object.entries(metricNames).filter(([, name]) => named.includes(name));
  const faults = named
    .filter((name) => !known.some(([, each]) => each === name))
    .map((name) => `no metric ${name}`);
  if (named.length === 0) faults.push('reads all metrics');
  const of = known.map(([key]) => attributes[key as keyof typeof metricNames]);
  for (const [, attribute, value] of text.matchAll(/Properties\.(\w+)\)(?: == '([^']*)')?/g)) {
    const values = of.map((each) => each[attribute!]).find((each) => each);
    if (!values) faults.push(`${named}: no attribute ${attribute}`);
    else if (value && !values.includes(value)) faults.push(`${named}: ${attribute} is never ${value}`);
  }
  return faults;
}

function faultsOfLog(query: string): string[] {
  const events = [...query.matchAll(/(?:event|\.msg\)) (?:in \(([^)]*)\)|== ('[^']*'))/g)]
    .flatMap(([, several, one]) => (several ?? one!).match(/[a-z-]+/g) ?? [])
    .filter((event) => !source.includes(`'${event}')`));
  const facts = [...query.matchAll(/\b(?:line|parse_json\(Log\))\.(\w+)/g)]
    .map(([, fact]) => fact!)
    .filter((fact) => fact !== 'msg' && !(factsOfLines.includes(fact) && source.includes(fact)));
  return [...events.map((event) => `no event ${event}`), ...facts.map((fact) => `no fact ${fact}`)];
}
