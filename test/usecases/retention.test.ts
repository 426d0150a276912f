import type { Retention } from '../../src/domain/retention.ts';
import { isPast } from '../../src/domain/retention.ts';
import { readCouncilJson } from '../../src/import/council-json.ts';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { documents, type Kind } from '../../src/store/documents.ts';
import type { Change, Store } from '../../src/store/store.ts';
import { applyRetention } from '../../src/usecases/apply-retention.ts';
import { addHold, endHold } from '../../src/usecases/holds.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { auditIn, verifyAudit } from '../../src/usecases/read-audit.ts';
import { runCycle } from '../../src/usecases/run-cycle.ts';
import { openYear } from '../../src/usecases/session.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
const council = { tenant: kentTenant, year: null };
const old = { tenant: kentTenant, year: '2009/10' };

/** The sample of 2009/10 and, as its next year, the same settings for 2010/11. */
beforeEach(async () => {
  kent = await openKent();
  const settings = (await kent.store.read(old, 'settings', 'settings'))!.data;
  const next = {
    ...settings,
    year: '2010/11',
    retention: { years: 6, deliveriesDays: 100, cycleMessagesDays: 50 },
  };
  await kent.store.write({ ...old, year: '2010/11' }, [
    { change: 'create', kind: 'settings', id: 'settings', data: next },
  ]);
  const { id, version, data } = (await kent.store.read(council, 'council', 'council'))!;
  const both = { ...data, years: ['2009/10', '2010/11'] };
  await kent.store.write(council, [{ change: 'replace', kind: 'council', id, version, data: both }]);
  kent.setNow('2016-03-31T10:00:00.000Z');
});
afterEach(() => kent.close());

const open = () => openYear(kent.deps, kentTenant, 'command-line');
const apply = async (options = {}) => applyRetention(kent.deps, await open(), options);
const left = async (store: Store = kent.store) => {
  const kinds = Object.keys(documents) as Kind[];
  const lists = await Promise.all(kinds.map((kind) => store.list(old, kind)));
  return lists.flat().map(({ kind }) => kind);
};
const years = async () => (await kent.store.read(council, 'council', 'council'))!.data;

test('a year goes on the day after its last year of keeping, and not before', async () => {
  expect((await apply()).past).toEqual([]);
  expect((await years()).years).toEqual(['2009/10', '2010/11']);
  kent.setNow('2016-04-01T10:00:00.000Z');
  const wouldGo = await apply({ dryRun: true });
  expect(wouldGo.past.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['plan', 'kpi', 'kpi-update']));
  expect((await years()).years).toEqual(['2009/10', '2010/11']);
  const went = await apply();
  expect(went.past).toEqual(wouldGo.past);
  expect(await years()).toMatchObject({ years: ['2010/11'], past: [{ year: '2009/10', removed: true }] });
  expect(new Set(await left())).toEqual(new Set(['audit-entry', 'audit-head']));
  // And so went the figures of the year before, with which it was compared.
  expect(went.past.map(({ year }) => year)).toContain('2008/09');
  expect(await kent.store.list({ ...old, year: '2008/09' }, 'kpi-update')).toEqual([]);
  expect((await apply()).past).toEqual([]);
});

test('the audit trail of a year that went can be read and is whole', async () => {
  const before = (await auditIn(kent.deps, await open())).filter(({ trail }) => trail === '2009/10');
  kent.setNow('2016-04-01T10:00:00.000Z');
  await apply();
  const after = await auditIn(kent.deps, await open());
  expect(after.filter(({ trail }) => trail === '2009/10')).toEqual(before);
  expect(after[0]).toMatchObject({ act: 'year-removed', about: { year: '2009/10' } });
  expect((await verifyAudit(kent.deps, await open())).breaks).toEqual([]);
});

test('it goes in steps until nothing is left', async () => {
  kent.setNow('2016-04-01T10:00:00.000Z');
  let rounds = 0;
  for (let more = true; more; rounds++) more = (await apply({ most: 300 })).more;
  expect(rounds).toBeGreaterThan(3);
  expect((await years()).past).toEqual([{ year: '2009/10', removed: true }]);
  expect(new Set(await left())).toEqual(new Set(['audit-entry', 'audit-head']));
});

test('while a year is being removed its folder can’t be loaded', async () => {
  kent.setNow('2016-04-01T10:00:00.000Z');
  await apply({ most: 10 });
  expect((await years()).years).toEqual(['2010/11']);
  const read = await readCouncilFolder('samples/kent-2009-10', '2016-04-01T10:00:00.000Z');
  if (!read.ok) throw new Error('the sample is broken');
  await expect(importCouncil(kent.deps, read.data)).rejects.toMatchObject({ code: 'busy' });
});

test.each([
  ['year', '2009/10'],
  ['plan', 'KHS'],
  ['person', 'Priya Raman'],
  ['everything', ''],
] as const)('a hold on a %s keeps the year, and it is said', async (on, of) => {
  kent.setNow('2016-04-01T10:00:00.000Z');
  const { id } = await addHold(kent.deps, await open(), on, of, 'Request 3.');
  const { past, held } = await apply();
  expect(past).toEqual([]);
  expect(held.find(({ kind }) => kind === 'plan')?.documents).toBeGreaterThan(10);
  expect((await years()).years).toEqual(['2009/10', '2010/11']);
  await endHold(kent.deps, await open(), id);
  await apply();
  expect((await years()).years).toEqual(['2010/11']);
});

test.each([
  ['year', '2009/10'],
  ['plan', 'KHS'],
  ['everything', ''],
] as const)(
  'a hold on a %s that comes while a year is being removed keeps what is left of it',
  async (on, of) => {
    kent.setNow('2016-04-01T10:00:00.000Z');
    // Not so much that the plan itself has gone.
    await apply({ most: 3 });
    expect((await years()).years).toEqual(['2010/11']);
    const { id } = await addHold(kent.deps, await open(), on, of, 'Request 3.');
    const before = await left();
    const { past, held, more } = await apply();
    expect({ past, more }).toEqual({ past: [], more: false });
    expect(held.find(({ kind }) => kind === 'kpi-update')?.documents).toBeGreaterThan(10);
    expect(await left()).toEqual(before);
    await endHold(kent.deps, await open(), id);
    await apply();
    expect(new Set(await left())).toEqual(new Set(['audit-entry', 'audit-head']));
  },
);

async function keepMessages(): Promise<void> {
  const conversation = { id: 'one', serviceUrl: 'http://127.0.0.1/' };
  const delivery = (id: string, state: 'sent' | 'dead' | 'waiting', createdAt: string) =>
    ({
      change: 'create',
      kind: 'delivery',
      id,
      data: {
        conversation,
        message: { kind: 'cycle', message: 'x' },
        state,
        attempts: 1,
        createdAt,
        claimedBy: null,
        activityId: null,
        reason: null,
        cause: 'test',
      },
    }) as const;
  const message = (id: string, writtenAt: string): Change => ({
    change: 'create',
    kind: 'cycle-message',
    id,
    data: { person: 'x', date: '', entries: [], writtenAt },
  });
  await kent.store.write(council, [
    delivery('old', 'sent', '2015-12-01T00:00:00.000Z'),
    delivery('failed', 'dead', '2015-12-01T00:00:00.000Z'),
    delivery('waits', 'waiting', '2015-12-01T00:00:00.000Z'),
    delivery('new', 'sent', '2016-01-01T00:00:00.000Z'),
    message('long ago', '2016-02-01T00:00:00.000Z'),
    message('lately', '2016-03-01T00:00:00.000Z'),
  ]);
}
const messages = async () =>
  [...(await kent.store.list(council, 'delivery')), ...(await kent.store.list(council, 'cycle-message'))].map(
    ({ id }) => id,
  );

test('messages that are settled and old go; what waits and what is new stays', async () => {
  await keepMessages();
  await apply();
  expect(await messages()).toEqual(['new', 'waits', 'lately']);
});

test('the bot does it at night and at no other hour', async () => {
  await keepMessages();
  await runCycle(kent.deps, kentTenant, 'round');
  expect(await messages()).toHaveLength(6);
  kent.setNow('2016-03-31T02:30:00.000Z');
  await runCycle(kent.deps, kentTenant, 'round');
  expect(await messages()).toHaveLength(3);
});

test.each<[Partial<Retention>, string, boolean]>([
  [{ years: 6 }, '2016-03-31', false],
  [{ years: 6 }, '2016-04-01', true],
  [{ years: 1 }, '2011-04-01', true],
  [{}, '2099-04-01', false],
])('with %j the year 2009/10 is over on %s: %s', (given, today, over) => {
  const all: Retention = { years: null, deliveriesDays: 730, cycleMessagesDays: 730, ...given };
  expect(isPast('2009/10', all, today)).toBe(over);
});

test('council.json takes the settings, and tells what is wrong with them', () => {
  const read = (retention: object) =>
    readCouncilJson(
      'council.json',
      Buffer.from(JSON.stringify({ name: 'A', tenantId: 'a', year: '2009/10', retention })),
    );
  expect(read({ years: 6 }).settings?.retention).toEqual({ years: 6 });
  expect(read({ years: 0 }).faults).toMatchObject([{ column: 'retention.years' }]);
  expect(read({ deliveriesDays: 5 }).faults).toMatchObject([{ column: 'retention.deliveriesDays' }]);
  expect(read({ year: 5 }).faults).toMatchObject([{ column: expect.stringContaining('retention') }]);
});
