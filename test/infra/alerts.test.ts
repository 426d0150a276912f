import { readFileSync } from 'node:fs';
import { anchorsIn } from '../docs/markdown.ts';
import { at, type BicepFile, readInfra, resourceOf } from './bicep.ts';
import { faultsOf } from './queries.ts';

let alerts: BicepFile;
beforeAll(async () => {
  alerts = (await readInfra()).get('infra/modules/alerts.bicep')!;
});
/** The rules as `var rules` lists them. */
const rules = () =>
  [
    ...alerts.text.matchAll(
      /^ {4}name: '(.*)'\n {4}description: '(.*)'\n {4}severity: (\d)\n {4}query: (\w+)\n {4}window: '(.*)'$/gm,
    ),
  ].map(([, name, description, severity, query, window]) => ({
    name: name!,
    description: description!,
    severity: Number(severity),
    query: queryOf(query!),
    window: window!,
  }));
const queryOf = (name: string) =>
  new RegExp(`^var ${name} = '''\\n([^']*(?:'[^']+)*)'''`, 'm').exec(alerts.text)![1]!;
const rule = (name: string) => rules().find((each) => each.name === name)!;

test('there is an alert for a queue that waits, turns and rounds that fail, a hung worker and silence', () => {
  expect(rules().map(({ name }) => name)).toEqual([
    'queue-older-than-10-minutes',
    'rounds-fail',
    'failed-turns',
    'no-heartbeat',
    'no-metrics',
  ]);
});

test('every metric, event, column and fact that an alert looks for is there', () => {
  expect(rules().map(({ name, query }) => [name, faultsOf(query)])).toEqual(
    rules().map(({ name }) => [name, []]),
  );
});

test('silence has a row, whether or not there was ever a metric', () => {
  const { query } = rule('no-metrics');
  expect(query).toMatch(/\| summarize (\w+) = count\(\)\n\| where \1 == 0\n$/);
  expect(query).not.toMatch(/count\(\) by /);
  expect(query).toContain('datatable(TimeGenerated: datetime)[]');
});

test('a worker that hangs is told of before it is started anew for it', () => {
  const stuckAfter = /stuckAfter = (\d+)_000/.exec(readFileSync('src/worker/run-worker.ts', 'utf8'))![1];
  expect(rule('no-heartbeat').query).toContain(`> ${stuckAfter}`);
});

test('what an alert looks back is no shorter than the time between two looks', () => {
  const minutes = (text: unknown) => Number(/^PT(\d+)M$/.exec(String(text))![1]);
  const between = at(
    resourceOf(alerts, 'Microsoft.Insights/scheduledQueryRules'),
    'properties.evaluationFrequency',
  );
  for (const { window } of rules()) expect(minutes(window)).toBeGreaterThan(minutes(between));
});

test('every alert goes to somebody', () => {
  const told = alerts.resources.filter(({ type }) => /Rules@|metricAlerts@/.test(type));
  expect(told).toHaveLength(2);
  for (const { value } of told)
    expect(JSON.stringify(at(value, 'properties.actions'))).toContain('people.id');
});

test('docs/operations.md has a heading for every alert, with its severity', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  for (const { name, severity } of [...rules(), { name: 'no-instance', severity: 1 }]) {
    expect(anchorsIn('docs/operations.md')).toContain(name);
    expect(page).toContain(`### \`${name}\`\n\nSeverity ${severity}. `);
  }
});
