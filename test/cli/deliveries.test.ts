import { openSqliteStore } from '../../src/store/sqlite.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeEach(async () => {
  kent = await openKentCommandLine();
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  const conversation = { id: 'gone', serviceUrl: 'http://127.0.0.1/' };
  const delivery = (id: string, state: 'sent' | 'dead', reason: string | null) =>
    ({
      change: 'create',
      kind: 'delivery',
      id,
      data: {
        conversation,
        message: { kind: 'digest', digest: 'none' },
        state,
        attempts: 1,
        createdAt: '2009-10-14T08:00:00.000Z',
        claimedBy: null,
        activityId: null,
        reason,
        cause: 'test',
      },
    }) as const;
  await store.write({ tenant: kentTenant, year: '2009/10' }, [
    delivery('first', 'sent', null),
    delivery('second', 'dead', 'Teams refused it (500 ServiceError).'),
  ]);
  await store.close();
});
afterEach(() => kent.close());

const states = async () => JSON.parse((await kent.run('deliveries', '--json')).out).deliveries;

test('what was sent is listed, with the reason of what failed and the id to send it again by', async () => {
  const { exitCode, out } = await kent.run('deliveries');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^State +To +What +When +Tries +Why +Id/);
  expect(out).toMatch(/dead .* Teams refused it \(500 ServiceError\)\. +second/);
  expect(out).toMatch(/sent .* first/);
});

test('one state alone can be asked for, and no other word', async () => {
  const { out } = await kent.run('deliveries', '--state', 'dead', '--json');
  expect(JSON.parse(out).deliveries).toMatchObject([{ id: 'second', state: 'dead' }]);
  expect((await kent.run('deliveries', '--state', 'unknown')).out).toBe('There is no such message.\n');
  expect(await kent.run('deliveries', '--state', 'lost')).toMatchObject({ exitCode: 2 });
});

test('a failed message is sent again, once however often it is asked for', async () => {
  const first = await kent.run('deliveries', 'send-again', 'second', '--json');
  expect(JSON.parse(first.out)).toMatchObject({ outcome: 'sending' });
  expect((await kent.run('deliveries', 'send-again', 'second')).out).toContain('It was sent again already');
  expect(await states()).toHaveLength(3);
});

test.each([
  ['first', 'did not fail'],
  ['nothing', 'is not there'],
])('the message “%s” is not sent again, and it says why', async (id, says) => {
  const { exitCode, err } = await kent.run('deliveries', 'send-again', id);
  expect([exitCode, err]).toEqual([1, expect.stringContaining(says)]);
});

test('the name of a channel can do nothing to the terminal that it is printed on', async () => {
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  const data = {
    conversationId: 'gone',
    serviceUrl: 'http://127.0.0.1/',
    name: 'Clear\u001b[2J\u001b]0;owned\u0007 \u009b31m \u202eevil',
    audience: { kind: 'council' },
    cleared: false,
    boundBy: 'x',
    boundAt: '2009-10-14T08:00:00.000Z',
  } as const;
  const council = { tenant: kentTenant, year: null };
  await store.write(council, [{ change: 'create', kind: 'channel', id: 'gone', data }]);
  await store.close();
  for (const json of [[], ['--json']]) {
    const { out } = await kent.run('deliveries', ...json);
    expect(out).toContain('Clear');
    expect(out).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
  }
});
