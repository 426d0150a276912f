import { metricNames } from '../../src/telemetry/instruments.ts';
import { attributes } from '../infra/queries.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { inChannel, type KentBot, pressesOf, startKentBot } from '../support/kent-bot.ts';

let collector: Collector;
let bot: KentBot;
const cause = 'The new contractor was late with the lamps on the coast road';

/** Priya gives a figure that a posted digest tells of, and something goes wrong on the way. */
beforeAll(async () => {
  collector = await startCollector();
  bot = await startKentBot({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.endpoint}/` });
  await bot.say('Grace Adeyemi', 'connect', inChannel('19:council'));
  await bot.press(
    'Grace Adeyemi',
    'connect-channel',
    { audience: 'council', cleared: 'no' },
    inChannel('19:council'),
  );
  await bot.say('Grace Adeyemi', 'digest', inChannel('19:council'));
  const { card } = await bot.press('Priya Raman', 'open-form', { item: 'kpi/KHS-02@2009/10 M06' });
  const form = pressesOf(card).find(({ verb }) => verb === 'submit-kpi')!;
  const typed = { result: '91', commentary: cause, action: 'Replace them', actionBy: '2009-12-01' };
  for (const _twice of [1, 2]) {
    await bot.press('Priya Raman', 'submit-kpi', { ...form.data, ...typed });
  }
  // Month 5 was due on 21 September, and it is 14 October.
  const overdue = await bot.press('Priya Raman', 'open-form', { item: 'kpi/KHS-02@2009/10 M05' });
  const lateForm = pressesOf(overdue.card).find(({ verb }) => verb === 'submit-kpi')!;
  await bot.press('Priya Raman', 'submit-kpi', { ...lateForm.data, ...typed });
  await bot.press('Priya Raman', 'made-up-by-a-client');
  await bot.say('Priya Raman', 'late');
  await bot.stop();
}, 60_000);
afterAll(() => collector.stop());

const logged = (event: string): Record<string, string>[] =>
  bot
    .logged()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${event}"`))
    .map((line) => JSON.parse(line));
const points = (name: string) => collector.points().filter((point) => point.name === name);
const spansNamed = (name: string) => collector.spans().filter((span) => span.name === name);

test('every turn is a trace that the reference on a card finds', () => {
  const turns = collector.spans().filter(({ name }) => name.startsWith('turn '));
  const references = logged('turn').map(({ correlation }) => correlation!.replaceAll('-', ''));
  expect(turns.map(({ traceId }) => traceId).sort()).toEqual(references.sort());
  expect(turns.every(({ parentSpanId }) => !parentSpanId)).toBe(true);
});

test('what a turn read and wrote is in its trace', () => {
  const [sent] = spansNamed('turn submit-kpi');
  const calls = collector.spans().filter(({ parentSpanId }) => parentSpanId === sent!.spanId);
  expect(calls.map(({ name }) => name)).toContain('store write');
  expect(calls.every(({ traceId }) => traceId === sent!.traceId)).toBe(true);
});

test('a delivery is in the trace of the turn that caused it, with the sending under it', () => {
  const settled = logged('delivery-settled');
  expect(settled.length).toBeGreaterThanOrEqual(1);
  const turns = new Map(collector.spans().map((span) => [span.spanId, span]));
  const delivered = spansNamed('deliver digest');
  expect(delivered.map(({ traceId }) => traceId)).toEqual(
    expect.arrayContaining([settled[0]!.cause!.replaceAll('-', '')]),
  );
  for (const { parentSpanId, traceId } of delivered) {
    expect(turns.get(parentSpanId!)).toMatchObject({ traceId, name: expect.stringMatching(/^turn /) });
  }
});

test('turns are counted by verb, way and outcome, and nothing that a client makes up becomes a verb', () => {
  const turns = points(metricNames.turnDuration).map(({ attributes, value }) => ({ ...attributes, value }));
  expect(turns).toEqual(
    expect.arrayContaining([
      { verb: 'open-form', via: 'execute', outcome: 'answered', value: 2 },
      { verb: 'submit-kpi', via: 'execute', outcome: 'answered', value: 3 },
      { verb: 'digest', via: 'text', outcome: 'answered', value: 1 },
      { verb: 'late', via: 'text', outcome: 'refused', value: 1 },
      { verb: 'unknown', via: 'execute', outcome: 'refused', value: 1 },
    ]),
  );
});

test('a figure that is sent twice is counted as given once, and whether it was late', () => {
  expect(points(metricNames.updatesGiven)).toEqual([
    { name: metricNames.updatesGiven, attributes: { kind: 'kpi', late: false }, value: 1 },
    { name: metricNames.updatesGiven, attributes: { kind: 'kpi', late: true }, value: 1 },
  ]);
});

test('deliveries are counted by what came of them, and the store’s calls by what they were', () => {
  expect(points(metricNames.deliveries)).toEqual(
    expect.arrayContaining([expect.objectContaining({ attributes: { message: 'digest', state: 'sent' } })]),
  );
  const calls = points(metricNames.storeDuration).map(({ attributes }) => attributes.operation);
  expect(calls).toEqual(expect.arrayContaining(['read', 'list', 'write', 'due', 'due-partitions']));
});

test('what is measured has the names and attributes that the alerts and the dashboard ask for', () => {
  const byName = new Map(Object.entries(metricNames).map(([key, name]) => [name as string, key]));
  const points = collector.points();
  expect(points.length).toBeGreaterThan(10);
  for (const point of points) {
    const known = attributes[byName.get(point.name) as keyof typeof metricNames];
    expect(Object.keys(point.attributes).sort()).toEqual(Object.keys(known).sort());
    for (const [attribute, values] of Object.entries(known)) {
      if (values.length > 0) expect(values).toContain(String(point.attributes[attribute]));
    }
  }
});

test('the worker says how long it has been and how long messages wait', () => {
  expect(points(metricNames.heartbeatAge).map(({ value }) => value)).toEqual([expect.any(Number)]);
  const [age] = points(metricNames.queueAge).map(({ value }) => value);
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(60);
});

test('nobody’s name or address and nothing typed is sent', () => {
  const sent = collector.received.map(({ text }) => text).join('\n');
  expect(sent.length).toBeGreaterThan(10_000);
  for (const { name, email } of bot.people) {
    expect(sent).not.toContain(name);
    expect(sent).not.toContain(email);
  }
  for (const typed of [cause, 'contractor', 'Replace them', '2009-12-01', 'made-up-by-a-client']) {
    expect(sent).not.toContain(typed);
  }
});
