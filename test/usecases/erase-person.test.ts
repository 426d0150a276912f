import { planJson } from '../../src/cli/plan-json.ts';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { createClient, openContainer } from '../../src/store/cosmos/container.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { documents, type Kind } from '../../src/store/documents.ts';
import type { Store } from '../../src/store/store.ts';
import { beforeErasure } from '../../src/usecases/before-erasure.ts';
import { connectChannel } from '../../src/usecases/connect-channel.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { erasePerson, pseudonymOf } from '../../src/usecases/erase-person.ts';
import { findHeld } from '../../src/usecases/held-about.ts';
import { addHold, endHold } from '../../src/usecases/holds.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import { deliver } from '../../src/usecases/outbox.ts';
import { loadReports } from '../../src/usecases/plan-reports.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { verifyAudit } from '../../src/usecases/read-audit.ts';
import { choosePeriod, openYear } from '../../src/usecases/session.ts';
import { setCover } from '../../src/usecases/set-cover.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
let priya: string;
const year = { tenant: kentTenant, year: '2009/10' };
const council = { tenant: kentTenant, year: null };
const name = 'Priya Raman';
const lights = 'kpi/KHS-02@2009/10 M06';

beforeEach(async () => {
  kent = await openKent();
  await live();
});
afterEach(() => kent.close());

/** Priya has used the bot: a figure, a form left open, a chat, a deputy, messages, and a digest that quotes her. */
async function live(): Promise<void> {
  priya = (await kent.as(name)).actor.person.id;
  const stored = (await kent.store.read(council, 'person', priya))!;
  const conversation = { id: 'chat-priya', serviceUrl: 'http://127.0.0.1/' };
  const bound = { ...stored.data, conversation, entraObjectId: 'entra-priya' };
  await kent.store.write(council, [
    { change: 'replace', kind: 'person', id: priya, version: stored.version, data: bound },
  ]);
  const session = await kent.as(name);
  const { form } = (await openForm(kent.deps, session, lights)) as KpiForm;
  const why = { commentary: 'Ask priya  raman about the cables.', action: 'Repair.', actionBy: '2010-03-01' };
  await submitKpiUpdate(kent.deps, session, { form, result: '41', reason: 'Counted.', ...why });
  await openForm(kent.deps, session, lights);
  await kent.store.write(council, [
    deliver(kent.deps, session, conversation, { kind: 'cycle', message: `${priya}~x` }),
  ]);
  const officer = await kent.as('Sam Whitlock');
  const martin = (await kent.as('Martin Hollis')).actor.person.id;
  const days = { from: '2009-10-19', to: '2009-10-23' };
  await setCover(kent.deps, officer, { of: martin }, { deputy: priya, ...days });
  const channel = { id: 'one', serviceUrl: 'http://127.0.0.1/', name: 'one' };
  await connectChannel(kent.deps, officer, channel, { audience: 'portfolio:highways', cleared: true });
  await postDigest(kent.deps, officer, 'one');
}

const open = (deps: Deps = kent.deps) => openYear(deps, kentTenant, 'command-line');
const erase = async (words = name, more: { force?: boolean } = { force: true }, deps = kent.deps) =>
  erasePerson(deps, await open(deps), words, { reason: 'Request 12', ...more });

/** Everything kept, as text, by partition, kind and id; the audit trail and what erasing writes itself left out. */
async function kept(store: Store = kent.store): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const partition of [council, year]) {
    for (const kind of Object.keys(documents) as Kind[]) {
      for (const { id, data } of await store.list(partition, kind)) {
        all.set(`${partition.year} ${kind} ${id}`, JSON.stringify(data));
      }
    }
  }
  return all;
}

async function figures(): Promise<string> {
  const { session, period } = await choosePeriod(kent.deps, await open(), null);
  const reports = await loadReports(kent.deps, session, period, () => true);
  return JSON.stringify(reports.map((report) => planJson(report)))
    .replaceAll(name, '-')
    .replaceAll(pseudonymOf(priya), '-');
}

test('their name, address, account, chat and deputy are gone, and every figure and count is as it was', async () => {
  const before = await figures();
  const updates = JSON.stringify(await kent.store.list(year, 'kpi-update'));
  const { removed, renamed, left, pseudonym } = await erase();
  expect(await figures()).toBe(before);
  expect(JSON.stringify(await kent.store.list(year, 'kpi-update'))).toBe(updates);
  const person = (await kent.store.read(council, 'person', priya))!.data;
  expect(person).toEqual({
    id: priya,
    name: pseudonym,
    email: '',
    roles: [],
    portfolios: [],
    entraObjectId: null,
    deputy: null,
    conversation: null,
    erased: { at: '2009-10-14T09:00:00.000Z', reason: 'Request 12', address: expect.any(String) },
  });
  // What is left is kept, so that it can be looked through later.
  expect((await kent.store.read(council, 'erasure', priya))!.data).toEqual({
    counts: { removed, renamed },
    left,
    more: 0,
  });
  expect(pseudonym).toMatch(/^Former officer [0-9a-f]{4}$/);
  expect(removed).toBeGreaterThan(0);
  expect(renamed).toBeGreaterThan(0);
  expect((await open()).nameOf(priya)).toBe(pseudonym);
  const all = await kept();
  const naming = [...all].filter(([, text]) =>
    /priya\s+raman|priya\.raman@|chat-priya|entra-priya/i.test(text),
  );
  // What is left is free text, and all of it is told.
  expect(naming.length).toBeGreaterThan(0);
  const told = new Set(left.map(({ kind, id }) => `${kind} ${id}`));
  expect(naming.filter(([key]) => !told.has(key.replace(/^\S+ /, '')))).toEqual([]);
  expect(left.map(({ field }) => field)).toContain('commentary');
  expect(
    left.filter(({ kind }) => ['person', 'delivery', 'form', 'asked', 'cycle-message'].includes(kind)),
  ).toEqual([]);
  expect([...all].filter(([key]) => key.includes('digest-page')).join()).toContain(pseudonym);
});

test('someone who had left the chat before is not known by it any more', async () => {
  const stored = (await kent.store.read(council, 'person', priya))!;
  const gone = { ...stored.data, conversation: null };
  await kent.store.write(council, [
    { change: 'replace', kind: 'person', id: priya, version: stored.version, data: gone },
  ]);
  await erase();
  expect([...(await kept())].filter(([, text]) => text.includes('chat-priya'))).toEqual([]);
});

test('nor is someone who was told of a cover in a chat that they have left since', async () => {
  const martin = (await kent.as('Martin Hollis')).actor.person.id;
  const reachAt = async (id: string) => {
    const { version, data } = (await kent.store.read(council, 'person', martin))!;
    const moved = { ...data, conversation: { id, serviceUrl: 'http://127.0.0.1/' } };
    await kent.store.write(council, [
      { change: 'replace', kind: 'person', id: martin, version, data: moved },
    ]);
  };
  await reachAt('chat-martin-old');
  const officer = await kent.as('Sam Whitlock');
  const days = { from: '2009-11-02', to: '2009-11-06' };
  await setCover(kent.deps, officer, { of: priya }, { deputy: martin, ...days });
  await reachAt('chat-martin-new');
  expect([...(await kept()).values()].filter((text) => text.includes('chat-martin-old'))).toHaveLength(1);
  await erase('Martin Hollis');
  expect([...(await kept())].filter(([, text]) => text.includes('chat-martin'))).toEqual([]);
});

test('whoever had named them as deputy has none now', async () => {
  const martin = (await kent.as('Martin Hollis')).actor.person.id;
  expect((await kent.store.read(council, 'person', martin))!.data.deputy?.person).toBe(priya);
  await erase();
  expect((await kent.store.read(council, 'person', martin))!.data.deputy).toBeNull();
});

test('what it would do is told before, and is what it does', async () => {
  const officer = await kent.as('Sam Whitlock');
  // What is removed with its document is no text to decide on.
  const form = (await kent.store.list(year, 'form')).find(({ data }) => data.used === null)!;
  const contested = { seen: 1, typed: { commentary: 'Priya Raman has asked.' } };
  await kent.store.write(year, [
    {
      change: 'replace',
      kind: 'form',
      id: form.id,
      version: form.version,
      data: { ...form.data, contested },
      dueAt: '2009-11-13T09:00:00.000Z',
    },
  ]);
  const before = await kept();
  const told = await beforeErasure(kent.deps, officer, priya);
  expect(await kept()).toEqual(before);
  const { removed, renamed, left, pseudonym } = await erasePerson(kent.deps, officer, priya, {
    reason: 'Request 12',
    force: true,
  });
  expect(removed).toBeGreaterThan(0);
  expect(left.length).toBeGreaterThan(0);
  expect(told).toMatchObject({ removed, renamed, texts: left.length, pseudonym, holds: [] });
  expect(told.accountable).toContainEqual({
    year: '2009/10',
    kind: 'kpi',
    ref: 'KHS-02',
    title: expect.stringMatching(/lights/i),
  });
});

test('an officer can’t erase themselves, and nobody else but an officer can erase anyone', async () => {
  const before = await kept();
  const reason = { reason: 'Request 12', force: true };
  const officer = await kent.as('Sam Whitlock');
  await expect(erasePerson(kent.deps, officer, officer.actor.person.id, reason)).rejects.toMatchObject({
    code: 'not-allowed',
    sentence: expect.stringMatching(/another performance officer/),
  });
  for (const work of [erasePerson(kent.deps, await kent.as('Grace Adeyemi'), priya, reason)]) {
    await expect(work).rejects.toMatchObject({ code: 'not-allowed' });
  }
  expect(await kept()).toEqual(before);
});

test('erasing twice does it once', async () => {
  const { pseudonym, left } = await erase();
  const after = await kept();
  const again = await erase(priya);
  expect(again).toMatchObject({ pseudonym, removed: 0, renamed: 0 });
  expect(again.left).toHaveLength(left.length);
  expect(await kept()).toEqual(after);
});

test('an erasure that is cut off at any write goes on where it stood, and comes to the same', async () => {
  const cut = (nth: number): Deps => {
    let writes = 0;
    const store: Store = {
      ...kent.store,
      write: async (partition, changes) => {
        writes += 1;
        if (writes === nth) throw new Error('the machine stops');
        return kent.store.write(partition, changes);
      },
    };
    return { ...kent.deps, store };
  };
  let cuts = 0;
  for (let done = false; !done; cuts++) {
    done = await erase(name, { force: true }, cut(2)).then(
      () => true,
      () => false,
    );
    if (cuts > 30) throw new Error('it never gets on');
    if (done) break;
  }
  // Each try gets one write further.
  expect(cuts).toBeGreaterThan(1);
  const naming = [...(await kept())].filter(([, text]) => /chat-priya|entra-priya|priya\.raman@/i.test(text));
  expect(naming).toEqual([]);
  expect((await kent.store.read(council, 'person', priya))!.data.erasing).toBeUndefined();
  // How much went before it was cut off can't be told any more.
  expect((await kent.store.read(council, 'erasure', priya))!.data.counts).toBeNull();
});

test('in Cosmos DB no document has their address, account or chat any more, whoever reads the database itself', async () => {
  const { endpoint, key, close } = await startCosmosEmulator();
  const settings = { endpoint, key, database: 'planwatch' };
  await kent.close();
  kent = await openKent(await openCosmosStore(settings));
  await live();
  const client = createClient(settings);
  const { items } = await openContainer(client, settings);
  const documents = async () =>
    (await items.query('SELECT * FROM c').fetchAll()).resources.map((each) => JSON.stringify(each));
  const tells = /priya\.raman@|entra-priya|chat-priya/i;
  expect((await documents()).filter((text) => tells.test(text)).length).toBeGreaterThan(1);
  await erase();
  expect((await documents()).filter((text) => tells.test(text))).toEqual([]);
  client.dispose();
  await kent.close();
  kent = await openKent();
  await close();
});

test('held about someone whose erasure was cut off still finds what has their name', async () => {
  const store: Store = {
    ...kent.store,
    write: async (partition, changes) => {
      if (changes.some(({ change }) => change === 'remove')) throw new Error('the machine stops');
      return kent.store.write(partition, changes);
    },
  };
  await expect(erase(name, { force: true }, { ...kent.deps, store })).rejects.toThrow('the machine stops');
  const { documents } = await findHeld(kent.deps, await open(), priya);
  const byName = documents.filter(({ fields }) => fields.some(({ by }) => by === 'name'));
  expect(byName.map(({ kind }) => kind)).toContain('kpi-update');
});

test('loading the folder that still names them does not bring them back, and says so', async () => {
  await erase();
  const before = await kept();
  const read = await readCouncilFolder('samples/kent-2009-10', '2009-10-14T09:00:00.000Z');
  if (!read.ok) throw new Error('the sample is broken');
  const summary = await importCouncil(kent.deps, read.data);
  expect(summary).toMatchObject({ changed: false, erased: [expect.stringMatching(/priya/)] });
  expect(await kept()).toEqual(before);
  const people = await kent.store.list(council, 'person');
  expect(people.filter(({ data }) => data.name === name || data.email.includes('priya'))).toEqual([]);
});

test('someone who is accountable is not erased until someone else is named, unless it is forced', async () => {
  const before = await kept();
  await expect(erase(name, {})).rejects.toMatchObject({
    code: 'bad-input',
    sentence: expect.stringMatching(/Priya Raman is accountable for .*KHS.*load it.*--force/),
  });
  expect(await kept()).toEqual(before);
  expect((await erase()).accountable).toContain('2009/10 kpi KHS-02');
});

test.each([
  ['person', name],
  ['plan', 'KHS'],
  ['year', '2009/10'],
  ['everything', ''],
] as const)('while a hold is on their %s nobody is erased, and it says why', async (on, of) => {
  const { id } = await addHold(kent.deps, await open(), on, of, 'Request for information 7.');
  const before = await kept();
  await expect(erase()).rejects.toMatchObject({
    sentence: expect.stringMatching(/hold.*Request for information 7/),
  });
  expect(await kept()).toEqual(before);
  await endHold(kent.deps, await open(), id);
  expect(await erase()).toMatchObject({ pseudonym: pseudonymOf(priya) });
});

test('a hold on someone else changes nothing', async () => {
  await addHold(kent.deps, await open(), 'person', 'Martin Hollis', 'Request 8.');
  expect(await erase()).toMatchObject({ pseudonym: pseudonymOf(priya) });
});

test('a namesake’s name stays in kept digests, and is told', async () => {
  const other = {
    ...(await kent.as('Martin Hollis')).actor.person,
    id: 'namesake',
    name,
    email: 'priya2@kent.example',
  };
  await kent.store.write(council, [{ change: 'create', kind: 'person', id: 'namesake', data: other }]);
  const { renamed, left } = await erase(priya);
  expect(renamed).toBe(0);
  expect(left.some(({ kind }) => kind === 'digest-page')).toBe(true);
  expect((await kent.store.read(council, 'person', 'namesake'))!.data.name).toBe(name);
});

test('the erasure is in the audit trail, by id alone', async () => {
  await erase();
  const entries = await kent.store.list(council, 'audit-entry');
  expect(entries.at(-1)!.data).toMatchObject({ act: 'person-erased', about: { person: priya } });
  expect(JSON.stringify(entries)).not.toMatch(/Priya|Request 12/);
  expect((await verifyAudit(kent.deps, await open())).breaks).toEqual([]);
});
