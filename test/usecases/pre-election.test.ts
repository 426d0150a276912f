import type { Audience } from '../../src/domain/digest.ts';
import type { DigestContent } from '../../src/domain/digest-content.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { withoutQuotes } from '../../src/domain/pre-election.ts';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { digestCard } from '../../src/teams/cards/digest.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { readPreElection, setPreElection } from '../../src/usecases/pre-election.ts';
import { openYear } from '../../src/usecases/session.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { composeFor } from '../../src/usecases/write-digest.ts';
import { kentTenant } from '../support/kent.ts';
import { wordsOf } from '../support/kent-bot.ts';
import { openPosting, type Posting } from '../support/posting.ts';

let posting: Posting;
beforeEach(async () => {
  posting = await openPosting();
});
afterEach(() => posting.close());

const set = async (on: boolean) =>
  setPreElection(posting.kent.deps, await posting.kent.as('Sam Whitlock'), on);
/** What the card of the latest post or edit says. */
const card = () => {
  const { content } = posting.shown.at(-1)!;
  return wordsOf(digestCard({ digest: 'one', content, page: 1, pages: 1 } as never));
};

async function post(): Promise<void> {
  await posting.connect('one');
  await posting.schedule('one', 'on 16 October 2009 at 9');
  await posting.give('41');
  posting.go('2009-10-16T09:00:00.000Z');
  await posting.round();
  await posting.deliver();
}

test('switched on, the post that is there loses its quotes and says why; switched off, it has them again', async () => {
  await post();
  expect(card()).toMatch(/Cable faults/);
  expect(card()).not.toMatch(/Pre-election period/);
  await set(true);
  await posting.deliver();
  expect(posting.shown.at(-1)).toMatchObject({ op: 'edit' });
  expect(card()).toMatch(/Pre-election period: what managers wrote is not shown/);
  expect(card()).not.toMatch(/Cable faults|Repair them|” – |Action:/);
  await posting.give('40');
  await posting.deliver();
  expect(card()).toMatch(/41.* → 40/);
  expect(card()).not.toMatch(/Counted again|Cable faults/);
  await set(false);
  await posting.deliver();
  expect(card()).toMatch(/Cable faults/);
  expect(card()).not.toMatch(/Pre-election period/);
});

test('a digest that a clerk asks for in their own chat quotes nobody, and one that is there is left as it is', async () => {
  const { kent } = posting;
  const ask = async (channel: string) =>
    (await postDigest(kent.deps, await kent.as('Grace Adeyemi'), channel)).outcome;
  await post();
  await set(true);
  await posting.deliver();
  const before = await posting.digests();
  expect(await ask('one')).toBe('unchanged');
  await posting.deliver();
  expect(await posting.digests()).toEqual(before);
  await posting.connect('two');
  expect(await ask('two')).toBe('posting');
  const pages = await kent.store.list(posting.year, 'digest-page');
  const fresh = pages.filter(({ data }) => data.digest.endsWith('~two'));
  expect(fresh.map(({ data }) => (data.content as DigestContent).preElection)).toEqual([true]);
  expect(JSON.stringify(fresh)).not.toMatch(/Cable faults|Repair them/);
});

test('why there is no figure is left out too, where its forecast puts a plan at risk', async () => {
  const { kent } = posting;
  const session = await kent.as('Priya Raman');
  const { form } = (await openForm(kent.deps, session, 'kpi/KHS-02@2009/10 M06')) as KpiForm;
  const given = await submitKpiUpdate(kent.deps, session, {
    form,
    unavailable: 'true',
    unavailableReason: 'The contractor has lost the sheets.',
    expected: '2009-12-01',
    forecast: '41',
    reason: 'Counted again.',
  });
  expect(given).toMatchObject({ outcome: 'kept' });
  const digest = async (audience: Audience) => {
    const year = await openYear(kent.deps, kentTenant, 'test');
    return composeFor(kent.deps, year, { audience, cleared: false }, periodOf('2009/10 Q2'));
  };
  const quoted = await digest({ kind: 'scrutiny' });
  expect(JSON.stringify(quoted)).toContain('Not available: The contractor has lost the sheets.');
  await set(true);
  for (const { groups } of [await digest({ kind: 'scrutiny' }), withoutQuotes(quoted)]) {
    const line = groups.flatMap(({ exceptions }) => exceptions).find(({ ref }) => ref === 'KHS-02');
    expect(line!.because).toBe('Not available; expected by 1 December 2009');
  }
});

test('scheduled posts wait while it is on, and what waited is posted once when it is over', async () => {
  await posting.connect('one');
  await posting.schedule('one', 'every friday at 9');
  await set(true);
  for (const day of ['2009-10-16', '2009-10-23', '2009-10-30']) {
    posting.go(`${day}T10:00:00.000Z`);
    expect((await posting.round()).posted).toEqual([]);
  }
  await posting.deliver();
  expect(posting.shown).toEqual([]);
  posting.go('2009-11-04T10:00:00.000Z');
  await set(false);
  expect((await posting.round()).posted).toHaveLength(1);
  expect((await posting.round()).posted).toEqual([]);
  await posting.deliver();
  expect(posting.shown.filter(({ op }) => op === 'post')).toHaveLength(1);
});

test('only a performance officer may switch it, twice is once, and loading the folder leaves it', async () => {
  const { kent } = posting;
  await expect(setPreElection(kent.deps, await kent.as('Grace Adeyemi'), true)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const on = await set(true);
  posting.go(1);
  expect(await set(true)).toEqual(on);
  const trail = await kent.store.list({ tenant: kentTenant, year: null }, 'audit-entry');
  expect(trail.filter(({ data }) => data.act === 'pre-election-on')).toHaveLength(1);
  const read = await readCouncilFolder('samples/kent-2009-10', posting.now());
  if (read.ok) expect(await importCouncil(kent.deps, read.data)).toMatchObject({ changed: false });
  expect(await readPreElection(kent.deps, await kent.as('Sam Whitlock'))).toEqual(on);
});
