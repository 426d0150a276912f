import { readFileSync } from 'node:fs';
import { metricNames } from '../../src/telemetry/instruments.ts';
import { anchorsIn } from '../docs/markdown.ts';
import { at, type BicepFile, readInfra, resourceOf } from './bicep.ts';
import { faultsOf } from './queries.ts';

type Content = {
  json?: string;
  items?: Item[];
  query?: string;
  title?: string;
  timeContextFromParameter?: string;
  timeContext?: { durationMs: number };
  crossComponentResources?: string[];
  parameters?: { name: string }[];
};
type Item = { name: string; content: Content; conditionalVisibility?: { parameterName: string } };

const text = readFileSync('infra/modules/dashboard.json', 'utf8');
const workbook: { version: string; items: Item[] } = JSON.parse(text);
const flat = (items: Item[]): Item[] => items.flatMap((item) => [item, ...flat(item.content.items ?? [])]);
const all = flat(workbook.items);
const charts = all.filter(({ content }) => content.query !== undefined);
const parameters = all.flatMap(({ content }) => content.parameters ?? []).map(({ name }) => name);
/** What stands right before each chart. */
const wordsOf = ({ name }: Item) =>
  all
    .slice(
      0,
      all.findIndex((item) => item.name === name),
    )
    .findLast(({ content }) => content.json)!.content.json!;

let dashboard: BicepFile;
beforeAll(async () => {
  dashboard = (await readInfra()).get('infra/modules/dashboard.bicep')!;
});

test('is a workbook that everyone who may see the workspace can read', () => {
  const resource = resourceOf(dashboard, 'Microsoft.Insights/workbooks');
  expect(resource).toMatchObject({
    kind: 'shared',
    properties: { sourceId: 'workspaceId', version: workbook.version },
  });
  expect(String(resource.name)).toMatch(/^guid\(/);
});

test('every place that is filled in when it is deployed is filled in', () => {
  const resource = resourceOf(dashboard, 'Microsoft.Insights/workbooks');
  const filled = String(at(resource, 'properties.serializedData'));
  expect(filled).toContain("loadTextContent('dashboard.json')");
  const places = new Set(text.match(/\b[A-Z]+_[A-Z]+\b/g));
  expect([...places].sort()).toEqual(['APP_NAME', 'WORKSPACE_ID']);
  for (const place of places) expect(filled).toContain(`'${place}'`);
});

test.each(charts.map((chart) => [chart.content.title!, chart] as const))(
  '“%s” asks for what there is, in the council’s own workspace and in a time',
  (_, { content }) => {
    expect(faultsOf(content.query!)).toEqual([]);
    expect(content.crossComponentResources).toEqual(['WORKSPACE_ID']);
    expect(content.timeContextFromParameter ?? content.timeContext?.durationMs).toBeTruthy();
  },
);

test('each chart has a title, and a sentence before it on what is normal', () => {
  for (const chart of charts) {
    expect(chart.content.title).toMatch(/^[A-Z]/);
    expect(wordsOf(chart)).toMatch(/^### .+\n\n.*\bNormal: /);
  }
});

test('every parameter that is used is there, and every one that is there is used', () => {
  const inQueries = charts.flatMap(({ content }) =>
    [...content.query!.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(([, name]) => name!),
  );
  const others = charts.flatMap(({ content, conditionalVisibility }) => [
    ...(content.timeContextFromParameter ? [content.timeContextFromParameter] : []),
    ...(conditionalVisibility ? [conditionalVisibility.parameterName] : []),
  ]);
  expect([...new Set([...inQueries, ...others])].sort()).toEqual([...parameters].sort());
});

test('no two parts have one name, and every metric is shown somewhere', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const metric of Object.values(metricNames)) expect(text).toContain(`'${metric}'`);
});

test('docs/operations.md explains every part', () => {
  const [, section] = readFileSync('docs/operations.md', 'utf8').split('## Read the dashboard\n');
  expect(anchorsIn('docs/operations.md')).toContain('read-the-dashboard');
  const headings = charts.map((chart) => /^### (.+)/.exec(wordsOf(chart))![1]!);
  for (const heading of new Set(headings)) expect(section!.split('\n## ')[0]).toContain(`**${heading}**`);
});
