import { digestContentSchema } from '../../src/domain/compose-digest.ts';
import type { Audience } from '../../src/domain/digest.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeEach(async () => {
  kent = await openKentCommandLine();
});
afterEach(() => kent.close());

const council = { tenant: kentTenant, year: null };
const year = { tenant: kentTenant, year: '2009/10' };

async function inStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const connect = (name: string, audience: Audience, cleared = false) =>
  inStore((store) =>
    store.write(council, [
      {
        change: 'create',
        kind: 'channel',
        id: name,
        data: {
          conversationId: name,
          serviceUrl: 'http://127.0.0.1/',
          name,
          audience,
          cleared,
          boundBy: 'someone',
          boundAt: '2009-10-01T09:00:00Z',
        },
      },
    ]),
  );
const waiting = () => inStore(async (store) => (await store.list(year, 'delivery')).map(({ data }) => data));
const digests = () => inStore((store) => store.list(year, 'digest'));

const highways = { kind: 'portfolio', portfolio: 'highways' } as const;

test('a digest is put in the outbox for every channel of its audience, and for no other', async () => {
  await connect('Highways', highways);
  await connect('Highways members', highways, true);
  await connect('Scrutiny', { kind: 'scrutiny' });
  const { exitCode, out } = await kent.run('digest', 'highways');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^Environment, Highways and Waste, Kent County Council \(sample\)\nQuarter 2 2009\/10/);
  expect(out).toContain('Kent Highway Services (KHS): ✖ Off target');
  expect(out).toContain('Channel Highways: will be posted');
  expect(out).toContain('Channel Highways members (cleared for exempt plans): will be posted');
  expect(out).not.toContain('Channel Scrutiny');
  const deliveries = await waiting();
  expect(deliveries.map(({ conversation, state }) => `${conversation.id}: ${state}`).sort()).toEqual([
    'Highways members: waiting',
    'Highways: waiting',
  ]);
});

test('asking again keeps one digest for each channel', async () => {
  await connect('Highways', highways);
  await kent.run('digest', 'highways');
  await kent.run('digest', 'Environment, Highways and Waste');
  expect(await digests()).toHaveLength(1);
});

test('a dry run prints the digest and changes nothing', async () => {
  await connect('Scrutiny', { kind: 'scrutiny' });
  const { exitCode, out } = await kent.run('digest', 'scrutiny', '--dry-run');
  expect(exitCode).toBe(0);
  expect(out).toContain('Channel Scrutiny: connected; nothing was posted');
  expect(out).toContain('Children, Families and Education');
  expect(await waiting()).toEqual([]);
  expect(await digests()).toEqual([]);
});

test('without a connected channel it says so, and that nothing was posted', async () => {
  const { exitCode, err } = await kent.run('digest', 'council');
  expect(exitCode).toBe(1);
  expect(err).toContain('Nothing was posted. No channel is connected to “The whole council”.');
  const dry = await kent.run('digest', 'council', '--dry-run');
  expect(dry).toMatchObject({ exitCode: 0, err: expect.stringContaining('No channel is connected') });
});

test('what is printed leaves exempt plans out, even where a channel is cleared for them', async () => {
  await connect('Council', { kind: 'council' }, true);
  const { out } = await kent.run('digest', 'council');
  expect(out).toContain('2 plans are exempt or confidential and not shown here.');
  expect(out).not.toContain('Commercial Services');
  const pages = await inStore((store) => store.list(year, 'digest-page'));
  expect(JSON.stringify(pages)).toContain('Commercial Services');
});

test('with --json it is the digest’s content with the channels beside it', async () => {
  await connect('Highways', highways);
  const { out } = await kent.run('digest', 'highways', '--period', 'Q1', '--json');
  const printed = JSON.parse(out);
  expect(digestContentSchema.parse(printed)).toMatchObject({ audience: highways, period: '2009/10 Q1' });
  expect(printed.channels).toEqual([
    { name: 'Highways', conversation: 'Highways', cleared: false, outcome: 'posting' },
  ]);
});

test('an earlier post that may be there already is not made a second time', async () => {
  await connect('Highways', highways);
  await kent.run('digest', 'highways');
  await inStore(async (store) => {
    const [delivery] = await store.list(year, 'delivery');
    const [digest] = await store.list(year, 'digest');
    const changes = [
      {
        change: 'replace',
        kind: 'delivery',
        id: delivery!.id,
        version: delivery!.version,
        data: { ...delivery!.data, state: 'unknown' },
      },
      {
        change: 'replace',
        kind: 'digest',
        id: digest!.id,
        version: digest!.version,
        data: { ...digest!.data, postedBy: delivery!.id },
      },
    ] as const;
    await store.write(year, [...changes]);
  });
  const { out } = await kent.run('digest', 'highways');
  expect(out).toContain('not posted, because an earlier post may be there already');
  expect(await waiting()).toHaveLength(1);
});

test.each([
  ['nobody', /There is no audience “nobody”. There are:\n {2}scrutiny\n {2}council\n {2}schools/],
  ['and', /Several portfolios match “and”:\n {2}schools/],
  ['', /There is no audience/],
])('an audience called “%s” is asked about', async (words, says) => {
  const { exitCode, err } = await kent.run('digest', words);
  expect(exitCode).toBe(1);
  expect(err).toMatch(says);
});

test('what a channel was shown on a day is printed as it was, and where nothing was it says so', async () => {
  await connect('Highways', highways);
  const none = await kent.run('digest', 'highways', '--as-shown', '2009-10-14');
  expect(none.out).toBe('Nothing had been posted in channel Highways by 14 October 2009.\n');
  await kent.run('digest', 'highways');
  await inStore(async (store) => {
    const [digest] = await store.list(year, 'digest');
    const { channel, audience, period, occasion, revision, fingerprint, pages, final, said } = digest!.data;
    const at = { digest: digest!.id, from: '2009-10-13T08:12:00.000Z', plans: Object.keys(said.lines) };
    const data = { channel, audience, period, occasion, revision, fingerprint, pages, final, ...at };
    await store.write(year, [{ change: 'create', kind: 'digest-shown', id: 'shown', data }]);
  });
  const { out } = await kent.run('digest', 'highways', '--as-shown', '14 October 2009');
  expect(out).toContain('Channel Highways, as shown from 13 October 2009, 9.12am until now');
  expect(out).toContain('Kent Highway Services (KHS): ✖ Off target');
  const json = JSON.parse((await kent.run('digest', 'highways', '--as-shown', '2009-10-14', '--json')).out);
  expect(json.channels[0].shown[0]).toMatchObject({ until: null, final: false, withheld: 0 });
  expect(digestContentSchema.safeParse(json.channels[0].shown[0].content).success).toBe(true);
  expect((await kent.run('digest', 'highways', '--as-shown', 'someday')).err).toContain('2009-10-14');
  expect((await kent.run('digest', 'council', '--as-shown', '2009-10-14')).err).toContain('No channel is');
});
