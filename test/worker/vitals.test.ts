import { heardFromChannel } from '../../src/usecases/destinations.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
import type { Answer } from '../support/fake-connector.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox } from '../support/outbox.ts';
import { openSmallCouncil, type SmallCouncil } from '../support/small-council.ts';

describe('the age of the queue', () => {
  let kent: KentOutbox;
  beforeEach(async () => {
    kent = await openKentOutbox();
  });
  afterEach(() => kent.close());
  const age = () => kent.outbox.vitals().queueAge;

  test('is none while nothing waits', async () => {
    await kent.deliver();
    expect(age()).toBe(0);
    await kent.post('highways');
    await kent.deliver();
    expect(age()).toBe(0);
  });

  test('is that of the oldest message, also while Teams wants it later, and ends when it is through', async () => {
    let refusing = true;
    kent.teams.answering(() => (refusing ? { status: 429, headers: { 'retry-after': '300' } } : undefined));
    await kent.post('highways');
    await kent.deliver();
    await kent.deliver(200);
    expect(age()).toBe(200);
    await kent.deliver(101);
    await kent.deliver(299);
    expect(age()).toBe(600);
    refusing = false;
    await kent.deliver(1);
    expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['sent']);
    expect(age()).toBe(0);
  });

  test('counts what was refused anew from when the bot is installed again', async () => {
    const answers: Answer[] = [
      { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } },
      { status: 429, headers: { 'retry-after': '300' } },
    ];
    kent.teams.answering(() => answers.shift());
    await kent.post('highways');
    await kent.deliver();
    const threeDays = 3 * 24 * 3600;
    await kent.deliver(threeDays);
    const where = { id: 'highways', serviceUrl: kent.teams.serviceUrl };
    await heardFromChannel(kent.kent.deps, kentTenant, where, 'test');
    await kent.deliver(5);
    await kent.deliver(100);
    expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['waiting']);
    expect(age()).toBe(105);
  });

  test('leaves out what is not tried any more', async () => {
    kent.teams.answering(() => ({ status: 403, body: { error: { code: 'BotDisabledByAdmin' } } }));
    await kent.post('highways');
    await kent.deliver();
    await kent.deliver(30);
    expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['dead']);
    expect(age()).toBe(0);
  });

  test('leaves out what another process has brought to its end', async () => {
    kent.teams.answering(() => ({ status: 429, headers: { 'retry-after': '5' } }));
    await kent.post('highways');
    await kent.deliver();
    const [{ id, partition, version, data }] = (await kent.kent.store.list(
      { tenant: (await kent.kent.as('Grace Adeyemi')).tenant, year: '2009/10' },
      'delivery',
    )) as [never];
    await kent.kent.store.write(partition, [{ change: 'replace', kind: 'delivery', id, version, data }]);
    await kent.deliver(60);
    expect(age()).toBe(60);
    await kent.deliver(6);
    expect(age()).toBe(0);
  });
});

describe('updates that are overdue', () => {
  let council: SmallCouncil;
  let listed: string[];
  let one: ReturnType<typeof createOutbox>;
  beforeEach(async () => {
    council = await openSmallCouncil(['ann', 'bob']);
    const { store } = council.deps;
    listed = [];
    const list: typeof store.list = (partition, kind, where) => {
      listed.push(kind);
      return store.list(partition, kind, where);
    };
    one = createOutbox({ ...cycleWorkers(council).deps('one'), store: { ...store, list } });
  });
  afterEach(() => council.close());

  const live = async (instant: string) => {
    council.setNow(instant);
    await one.round();
    await one.settled();
  };
  const counts = () => one.vitals().updatesLate.map(({ count }) => count);

  test('are counted for each council in its round, and not for ever', async () => {
    expect(counts()).toEqual([]);
    await live('2009-05-01T08:00:00Z');
    await live('2009-05-01T08:00:01Z');
    expect(counts()).toEqual([0]);
    await live('2009-06-01T08:00:00Z');
    await live('2009-06-01T08:00:01Z');
    expect(counts()).toEqual([expect.any(Number)]);
    expect(counts()[0]).toBeGreaterThan(0);
    council.setNow('2009-06-01T08:30:00Z');
    expect(counts()).toEqual([]);
  });

  /** The rounds of an evening and night, every five minutes. */
  const liveTheNight = async () => {
    const evening = Date.parse('2009-06-01T16:00:00Z');
    for (let round = 0; round < 100; round++) {
      await live(new Date(evening + round * 300_000).toISOString());
    }
  };

  test('stay told out of hours, when no round reads a figure to count them', async () => {
    await live('2009-06-01T15:55:00Z');
    await live('2009-06-01T15:55:01Z');
    const [count] = counts();
    expect(count).toBeGreaterThan(0);
    listed = [];
    await liveTheNight();
    expect(counts()).toEqual([count]);
    expect(listed).toContain('digest');
    expect(listed).not.toContain('kpi');
    expect(listed).not.toContain('kpi-update');
  });

  test('are not told by what another process has worked for meanwhile', async () => {
    await live('2009-06-01T08:00:00Z');
    await live('2009-06-01T08:00:01Z');
    expect(counts()).toHaveLength(1);
    await liveTheNight();
    expect(counts()).toEqual([]);
  });
});
