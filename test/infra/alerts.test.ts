import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsIn } from '../docs/markdown.ts';
import { at, type BicepFile, readInfra } from './bicep.ts';

let alerts: BicepFile;
beforeAll(async () => {
  alerts = (await readInfra()).get('infra/modules/alerts.bicep')!;
});
/** The rules as `var rules` lists them. */
const names = () => [...alerts.text.matchAll(/^ {4}name: '([a-z0-9-]+)'$/gm)].map(([, name]) => name!);

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

test('there is an alert for a queue that waits, for turns that fail and for a worker that hangs', () => {
  expect(names()).toEqual(['queue-older-than-10-minutes', 'failed-turns', 'no-heartbeat']);
});

test('every event that an alert looks for is one that the bot writes', () => {
  const events = [
    ...alerts.text.matchAll(/event == '([a-z-]+)'|(?:event|tostring\(line\.msg\)) in \(([^)]*)\)/g),
  ].flatMap(([, one, several]) =>
    one
      ? [one]
      : several!
          .split(/',? ?'?/)
          .map((event) => event.replace("'", ''))
          .filter(Boolean),
  );
  expect(events).toEqual(expect.arrayContaining(['delivery-settled', 'turn-failed', 'outbox-round-failed']));
  expect(events.filter((event) => !source.includes(`'${event}')`))).toEqual([]);
});

test('every fact that an alert reads of a line is one that the event has', () => {
  const facts = [...alerts.text.matchAll(/line\.(\w+)/g)].map(([, fact]) => fact);
  expect([...new Set(facts)].sort()).toEqual(['delivery', 'msg', 'state']);
  expect(source).toMatch(/log\.info\(\{ delivery: id,[^}]*\bstate\b[^}]*\}, 'delivery-settled'\)/);
});

test('every alert goes to somebody', () => {
  const told = alerts.resources.filter(({ type }) => /Rules@|metricAlerts@/.test(type));
  expect(told).toHaveLength(2);
  for (const { value } of told)
    expect(JSON.stringify(at(value, 'properties.actions'))).toContain('people.id');
});

test('docs/operations.md says what to do for every alert', () => {
  expect(anchorsIn('docs/operations.md')).toContain('alerts');
  const page = readFileSync('docs/operations.md', 'utf8');
  for (const name of [...names(), 'no-instance']) expect(page).toContain(`\`${name}\``);
});
