import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf } from './queries.ts';

const good = "AppMetrics\n| where Name == 'planwatch.turn.duration'\n| summarize count()";

test('a query that names what there is has no fault', () => {
  expect(faultsOf(good)).toEqual([]);
});

test.each([
  ['a metric', good.replace('duration', 'time'), 'no metric planwatch.turn.time'],
  ['a table', good.replace('AppMetrics', 'AppNumbers'), 'no table AppNumbers'],
  ['a column', good.replace('count()', 'max(Value)'), 'AppMetrics: Value'],
  ['an attribute', `${good} by tostring(Properties.user)`, 'planwatch.turn.duration: no attribute user'],
  [
    'a value',
    `${good}if(tostring(Properties.outcome) == 'lost')`,
    'planwatch.turn.duration: outcome is never lost',
  ],
  [
    'an event',
    "ContainerAppConsoleLogs\n| where tostring(parse_json(Log).msg) == 'turn-lost'",
    'no event turn-lost',
  ],
  ['a fact', 'ContainerAppConsoleLogs\n| extend who = parse_json(Log).name', 'no fact name'],
  ['a bracket', `${good})`, 'brackets'],
])('a query is refused for %s that isn’t there', (_, query, fault) => {
  expect(faultsOf(query)).toContain(fault);
});

describe('Microsoft’s own compiler', () => {
  const compile = (queries: readonly string[]): string[][] => {
    const script = join(__dirname, 'compile-kusto.ts');
    const { stdout } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      input: JSON.stringify(queries),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return JSON.parse(stdout);
  };
  const alerts = [
    ...readFileSync('infra/modules/alerts.bicep', 'utf8').matchAll(/^var \w+Query = '''\n([\s\S]*?)'''/gm),
  ].map(([, query]) => query!);
  const queriesIn = (part: unknown): string[] => {
    if (Array.isArray(part)) return part.flatMap(queriesIn);
    if (part === null || typeof part !== 'object') return [];
    return Object.entries(part).flatMap(([key, value]) =>
      key === 'query' && typeof value === 'string' ? [value] : queriesIn(value),
    );
  };
  /** What the workbook fills in when somebody looks at it. */
  const filledIn = (query: string) =>
    query
      .replaceAll('{TimeRange:grain}', '5m')
      .replaceAll('{Reference}', '6b1f0d5e-2009-4010-8a38-0000000000c0');
  const charts = queriesIn(JSON.parse(readFileSync('infra/modules/dashboard.json', 'utf8'))).map(filledIn);

  test('finds nothing wrong with any query of the alerts and of the dashboard', () => {
    const queries = [...alerts, ...charts];
    expect(queries.length).toBeGreaterThan(12);
    expect(compile(queries).map((faults, at) => [queries[at], faults])).toEqual(
      queries.map((query) => [query, []]),
    );
  });

  test('would find a column, a function and a bracket that is not there', () => {
    const wrong = [
      'AppMetrics | where Nme == 1',
      'AppMetrics | summarize maxx(Sum)',
      'AppMetrics | where (Sum > 1',
    ];
    for (const faults of compile(wrong)) expect(faults).not.toEqual([]);
  });
});
