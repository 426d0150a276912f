import { openCosmosStore } from '../../src/store/cosmos.ts';
import type { Store } from '../../src/store/store.ts';
import { type CosmosEmulator, startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { kentTenant } from '../support/kent.ts';
import { runOnce } from './command-line.ts';

let emulator: CosmosEmulator;
let store: Store;
beforeAll(async () => {
  emulator = await startCosmosEmulator();
  const { endpoint, key } = emulator;
  store = await openCosmosStore({ endpoint, key, database: 'planwatch' });
});
afterAll(async () => {
  await store.close();
  await emulator.close();
});

const run = (...args: string[]) =>
  runOnce(
    args,
    { PLANWATCH_STORE: 'cosmos', COSMOS_ENDPOINT: emulator.endpoint, COSMOS_KEY: emulator.key },
    '2009-10-14T09:00:00.000Z',
  );
const year = { tenant: kentTenant, year: '2009/10' };
const delivery = (id: string, state: 'waiting' | 'sent') =>
  ({
    change: 'create',
    kind: 'delivery',
    id,
    dueAt: state === 'waiting' ? '2009-10-01T09:00:00Z' : null,
    data: {
      conversation: { id: 'chat', serviceUrl: 'https://smba.trafficmanager.net/uk/' },
      message: { kind: 'digest', digest: '2009/10 Q2~chat' },
      state,
      attempts: 0,
      createdAt: '2009-10-01T09:00:00Z',
      claimedBy: null,
      activityId: null,
      reason: null,
      cause: 'a-turn',
    },
  }) as const;

test('after Azure has restored a database what waited is doubted and not sent again, and the trail says so', async () => {
  await run('import', 'samples/kent-2009-10');
  await store.write(year, [delivery('waits', 'waiting'), delivery('went', 'sent')]);
  expect(await run('restored')).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('1 message waited'),
  });
  const states = async () => (await store.list(year, 'delivery')).map(({ id, data }) => [id, data.state]);
  expect(await states()).toEqual([
    ['waits', 'unknown'],
    ['went', 'sent'],
  ]);
  expect(await store.due(year, '2010-01-01T00:00:00Z', 10)).toEqual([]);
  expect((await run('audit')).out).toContain('restored');
  expect(JSON.parse((await run('restored', '--json')).out)).toEqual({ doubted: 0 });
  expect(await run('audit', '--verify')).toMatchObject({ exitCode: 0 });
});

test('the command that works on files alone says which one to use', async () => {
  const refused = await run('restore', 'planwatch.db');
  expect(refused.exitCode).toBe(2);
  expect(refused.err).toContain('then run “restored”');
});
