import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = {
  steps: Step[];
  permissions?: object;
  env?: Record<string, string>;
  strategy?: { matrix: { node: string[] } };
  services?: Record<string, { image: string; ports: string[] }>;
};
const text = readFileSync('.github/workflows/ci.yml', 'utf8');
const workflow = parse(text) as { on: object; permissions: object; jobs: Record<string, Job> };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

test('the jobs are tests on two Nodes, the contract suite, the image, Bicep and the dependencies', () => {
  expect(Object.keys(workflow.jobs)).toEqual(['tests', 'cosmos', 'image', 'bicep', 'dependencies']);
  expect(workflow.jobs.tests!.strategy!.matrix.node).toEqual(['24', '26']);
  expect(packageJson.engines.node).toBe('>=24');
});

test('no job may do more than read the sources, and none keeps the right to', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(Object.values(workflow.jobs).filter(({ permissions }) => permissions)).toEqual([]);
  for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
    expect(step.with).toMatchObject({ 'persist-credentials': false });
  }
  expect(text).not.toContain('pull_request_target');
  expect(text).not.toContain('secrets.');
});

test('every action is pinned to one commit, with the version that it is', () => {
  const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action!);
  expect(used.length).toBeGreaterThan(5);
  for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(new Set(used.map((action) => action.split('@')[0])).size).toBe(new Set(used).size);
});

test('what somebody else writes is never run as a command', () => {
  for (const { run } of steps) expect(run ?? '').not.toMatch(/\$\{\{\s*github\.event/);
});

test('every npm script that it runs is there', () => {
  const named = steps.flatMap(({ run = '' }) =>
    [...run.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map(([, name]) => name!),
  );
  expect(named).toEqual(expect.arrayContaining(['test', 'unit', 'ci']));
  const known = [...Object.keys(packageJson.scripts), 'ci'];
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('the contract suite is given the emulator’s address', () => {
  const { services, env } = workflow.jobs.cosmos!;
  expect(services!.cosmos!.image).toMatch(/^mcr\.microsoft\.com\/cosmosdb\/linux\/azure-cosmos-emulator:/);
  expect(services!.cosmos!.ports).toContain(`${new URL(env!.COSMOS_ENDPOINT!).port}:8081`);
  const suite = readFileSync('test/contract/store-under-test.ts', 'utf8');
  for (const name of Object.keys(env!)) expect(suite).toContain(name);
});
