import fc from 'fast-check';
import type { Change, Partition, Store, WriteResult } from '../../src/store/store.ts';
import { plan, someYear } from './sample-documents.ts';
import { adapters } from './store-under-test.ts';

type Kept = { version: string; title: string; portfolio: string };
type Step =
  | { does: 'write'; on: 0 | 1; changes: Intent[] }
  | { does: 'read'; on: 0 | 1; id: string }
  | { does: 'list'; on: 0 | 1; where: { portfolio?: string; parent?: null; title?: string } };
type Intent = { change: Change['change']; id: string; stale: boolean; title: string; portfolio: string };

const ids = ['A', 'B', 'B1', 'Ω', 'z'];
/** Mostly the same one: only what nobody else has touched is answered from memory. */
const on = fc.constantFrom(0 as const, 0 as const, 0 as const, 0 as const, 1 as const);
const title = fc.constantFrom('one', 'two');
const portfolio = fc.constantFrom('red', 'blue');
const intent: fc.Arbitrary<Intent> = fc.record({
  change: fc.constantFrom('create', 'replace', 'remove'),
  id: fc.constantFrom(...ids),
  stale: fc.constantFrom(false, false, false, true),
  title,
  portfolio,
});
const where = fc.oneof(
  fc.constant({}),
  fc.record({ portfolio }),
  fc.record({ title }),
  fc.record({ portfolio, title }),
  fc.constant({ parent: null }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('write'), on, changes: fc.array(intent, { minLength: 1, maxLength: 3 }) }),
  fc.record({ does: fc.constant('read'), on, id: fc.constantFrom(...ids) }),
  fc.record({ does: fc.constant('list'), on, where }),
);

const dataOf = ({ id, title, portfolio }: Intent) => plan(id, { title, portfolio });

function changeOf(intent: Intent, kept: Map<string, Kept>): Change {
  const { change, id } = intent;
  const version = intent.stale ? 'of long ago' : (kept.get(id)?.version ?? 'of nothing');
  if (change === 'create') return { change, kind: 'plan', id, data: dataOf(intent) };
  if (change === 'replace') return { change, kind: 'plan', id, version, data: dataOf(intent) };
  return { change, kind: 'plan', id, version };
}

/** What the port promises of a batch, in the plainest way: at which change it fails and why, or null. */
function expectedFailure(changes: readonly Change[], kept: ReadonlyMap<string, Kept>) {
  const versions = new Map([...kept].map(([id, { version }]) => [id, version]));
  for (const [at, change] of changes.entries()) {
    const found = versions.get(change.id);
    if (change.change === 'create') {
      if (found !== undefined) return { conflict: 'exists', at };
      versions.set(change.id, 'new');
      continue;
    }
    if (found !== change.version) return { conflict: kept.has(change.id) ? 'stale' : 'missing', at };
    if (change.change === 'remove') versions.delete(change.id);
    else versions.set(change.id, 'new');
  }
  return null;
}

function keep(intents: Intent[], result: WriteResult, kept: Map<string, Kept>) {
  if (!result.ok) return;
  for (const [at, { id, title, portfolio }] of intents.entries()) {
    const version = result.versions[at]!;
    if (version === null) kept.delete(id);
    else kept.set(id, { version, title, portfolio });
  }
}

async function take(step: Step, stores: Store[], year: Partition, kept: Map<string, Kept>) {
  const store = stores[step.on]!;
  if (step.does === 'write') {
    const changes = step.changes.map((intent) => changeOf(intent, kept));
    const failure = expectedFailure(changes, kept);
    const result = await store.write(year, changes);
    expect(result).toMatchObject(failure ? { ok: false, ...failure } : { ok: true });
    if (!result.ok) {
      expect(result.current?.version ?? null).toBe(kept.get(changes[result.at]!.id)?.version ?? null);
    }
    keep(step.changes, result, kept);
  } else if (step.does === 'read') {
    const read = await store.read(year, 'plan', step.id);
    const { version, title, portfolio } = kept.get(step.id) ?? {};
    expect(read?.version).toBe(version);
    expect(read?.data.title).toBe(title);
    expect(read?.data.portfolio).toBe(portfolio);
  } else {
    const list = await store.list(year, 'plan', step.where);
    const meets = ([, held]: [string, Kept]) =>
      Object.entries(step.where).every(
        ([field, value]) => value === null || held[field as 'title'] === value,
      );
    const expected = [...kept].filter(meets).sort(([one], [other]) => (one < other ? -1 : 1));
    expect(list.map(({ id, version, data }) => [id, version, data.title])).toEqual(
      expected.map(([id, { version, title }]) => [id, version, title]),
    );
  }
}

describe.each(adapters)('on %s', (name, open) => {
  it('does what the port promises, whichever of two instances is asked', async () => {
    const current = await open();
    const stores = [current.store, await current.another()];
    const steps = fc.array(step, { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const year = someYear();
        const kept = new Map<string, Kept>();
        for (const step of taken) await take(step, stores, year, kept);
      }),
      { numRuns: name === 'SQLite' ? 300 : 25 },
    );
    await current.close();
  });
});
