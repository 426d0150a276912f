import type { Change, Store } from '../../src/store/store.ts';
import { recheckMessage } from '../../src/usecases/recheck-message.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { createSteadyReads } from '../../src/worker/steady-reads.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
import { kentTenant } from '../support/kent.ts';
import { openKentOutbox } from '../support/outbox.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

describe('of councils', () => {
  const managers = Array.from({ length: 12 }, (_, at) => `manager-${at}`);
  let council: SmallCouncil;
  beforeEach(async () => {
    council = await openSmallCouncil(managers);
  });
  afterEach(() => council.close());

  const states = async () => (await council.deliveries()).map(({ data }) => data.state);
  /** The cycle's round of a morning, which writes a message for everyone. */
  async function asked(): Promise<void> {
    council.setNow('2009-05-01T08:00:00Z');
    const { deps } = cycleWorkers(council);
    const deciding = createOutbox({
      ...deps('deciding'),
      connector: {
        post: async () => ({ outcome: 'unknown', reason: 'none' }),
        edit: async () => ({ outcome: 'unknown', reason: 'none' }),
      },
    });
    await deciding.round();
    deciding.stop();
    await deciding.settled();
    await deciding.release();
    council.setNow('2009-05-01T08:00:10Z');
  }

  test('one with very much to send keeps no other waiting', async () => {
    const { store } = council.deps;
    const waiting = (id: string, dueAt: string): Change => ({
      change: 'create',
      kind: 'delivery',
      id,
      dueAt,
      data: {
        conversation: { id: `chat-${id}`, serviceUrl: 'http://127.0.0.1/' },
        message: { kind: 'cycle', message: id },
        state: 'waiting',
        attempts: 0,
        createdAt: dueAt,
        claimedBy: null,
        activityId: null,
        reason: null,
        cause: 'test',
      },
    });
    for (let batch = 0; batch < 50; batch++) {
      const many = Array.from({ length: 100 }, (_, at) => waiting(`${batch}-${at}`, '2009-04-01T07:00:00Z'));
      await store.write({ tenant: 'large', year: null }, many);
    }
    const small = ['dover', 'swale', 'thanet'].map((name) => ({ tenant: name, year: null }));
    for (const each of small) await store.write(each, [waiting('one', '2009-04-01T07:59:00Z')]);
    const outbox = createOutbox(cycleWorkers(council).deps('one'));
    await outbox.round();
    await outbox.settled();
    for (const each of small) {
      expect((await store.read(each, 'delivery', 'one'))!.data.state).toBe('dead');
    }
  });

  test('a hundred small ones are each served within a few rounds', async () => {
    const outbox = createOutbox(cycleWorkers(council).deps('one'));
    const names = Array.from({ length: 100 }, (_, at) => ({ tenant: `council-${at}`, year: null }));
    for (const each of names) {
      await council.deps.store.write(each, [
        { change: 'create', kind: 'cycle', id: 'x', data: { ranAt: null }, dueAt: '2009-04-01T07:00:00Z' },
      ]);
    }
    for (let round = 0; round < 20; round++) {
      await outbox.round();
      await outbox.settled();
    }
    for (const each of names) {
      expect(await council.deps.store.read(each, 'lease', 'deliveries')).not.toBeNull();
    }
  });

  test('messages of one moment are claimed together and settled in few batches, each sent once', async () => {
    await asked();
    const { taken, deps } = cycleWorkers(council);
    const batches: number[] = [];
    const { store } = council.deps;
    const write: Store['write'] = (partition, changes) => {
      const deliveries = changes.filter(({ kind }) => kind === 'delivery').length;
      if (deliveries > 0) batches.push(deliveries);
      return store.write(partition, changes);
    };
    const outbox = createOutbox({ ...deps('one'), store: { ...store, write } });
    await outbox.round();
    await outbox.settled();
    expect(new Set(taken.map(({ to }) => to)).size).toBe(12);
    expect(taken).toHaveLength(12);
    expect(batches[0]).toBe(12);
    expect(batches.length).toBeLessThanOrEqual(6);
    expect(await states()).toEqual(Array(12).fill('sent'));
  });

  test('one that was taken from under the batch is left alone, and the others of it are sent', async () => {
    await asked();
    const { taken, deps } = cycleWorkers(council);
    const { store } = council.deps;
    let meddled: string | null = null;
    const write: Store['write'] = async (partition, changes) => {
      const claim = changes[5];
      if (meddled === null && claim?.change === 'replace' && claim.kind === 'delivery') {
        meddled = claim.data.conversation.id;
        const { id, version, data } = claim;
        const others = { ...data, claimedBy: 'another' };
        await store.write(partition, [{ change: 'replace', kind: 'delivery', id, version, data: others }]);
      }
      return store.write(partition, changes);
    };
    const outbox = createOutbox({ ...deps('one'), store: { ...store, write } });
    await outbox.round();
    await outbox.settled();
    expect(taken).toHaveLength(11);
    expect(taken.map(({ to }) => to)).not.toContain(meddled);
    expect((await states()).sort()).toEqual(['sending', ...Array(11).fill('sent')]);
  });

  test('a process that dies with a batch under way leaves nothing to be sent twice', async () => {
    await asked();
    const { taken, deps } = cycleWorkers(council);
    let sends = 0;
    const arrived = Promise.withResolvers<void>();
    const dying = deps('dying');
    const post = dying.connector.post;
    const outbox = createOutbox({
      ...dying,
      connector: {
        ...dying.connector,
        // Half of them reach Teams, and then nothing of the process is heard again.
        post: async (to, card) => {
          sends += 1;
          if (sends % 2 === 0) await post(to, card);
          if (sends === 12) arrived.resolve();
          return new Promise<never>(() => {});
        },
      },
    });
    await outbox.round();
    await arrived.promise;
    const heir = createOutbox(deps('heir'));
    for (let second = 11; second < 70; second++) {
      council.setNow(new Date(Date.parse('2009-05-01T08:00:00Z') + second * 1000).toISOString());
      await heir.round();
      await heir.settled();
    }
    expect(taken).toHaveLength(6);
    expect(await states()).toEqual(Array(12).fill('unknown'));
  });

  test('what was given is left out at once, although people and settings are read once for many messages', async () => {
    await asked();
    const { deps } = council;
    let lists = 0;
    const list: Store['list'] = (partition, kind, where) => {
      if (kind === 'person') lists += 1;
      return deps.store.list(partition, kind, where);
    };
    const steady = createSteadyReads({ ...deps.store, list }, () => 0);
    const look = (id: string) =>
      recheckMessage({ ...deps, store: steady.store }, tenant, `${id}~2009-05-01`, 'test');
    for (const manager of managers) expect((await look(manager)).outcome).toBe('wanted');
    await council.give('manager-3-monthly', '2009/10 M01');
    expect((await look('manager-3')).outcome).toBe('given');
    expect((await look('manager-4')).outcome).toBe('wanted');
    expect(lists).toBe(1);
    await council.amend('manager-4', { conversation: null });
    steady.forget();
    expect((await look('manager-4')).outcome).toBe('not-reachable');
  });
});

describe('of changes to one digest', () => {
  test('a burst composes it and edits its post a few times, and the last edit says all of it', async () => {
    const kent = await openKentOutbox();
    try {
      const { store } = kent.kent;
      const list = store.list.bind(store);
      let delivering = false;
      let reads = 0;
      // Composing reads the plans twice: whose they are, and what is in them.
      store.list = ((partition, kind, where) => {
        if (delivering && kind === 'plan') reads += 1;
        return list(partition, kind, where);
      }) as typeof store.list;
      const deliver = async (after: number) => {
        delivering = true;
        await kent.deliver(after);
        delivering = false;
      };
      await kent.post('highways');
      await deliver(0);
      reads = 0;
      for (let at = 0; at < 20; at++) await kent.correct();
      await deliver(1);
      for (let at = 0; at < 20; at++) {
        await kent.correct();
        await deliver(0);
      }
      for (let second = 0; second < 5; second++) await deliver(1);
      expect(reads / 2).toBeGreaterThan(0);
      expect(reads / 2).toBeLessThanOrEqual(6);
      const edits = kent.requests().filter((request) => request.startsWith('PUT'));
      expect(edits.length).toBeLessThanOrEqual(3);
      const { revision, sentRevision } = await kent.digest('highways');
      expect(sentRevision).toBe(revision);
      expect(JSON.stringify(kent.teams.cards().at(-1))).toContain(` ${revision}`);
      expect(new Set((await kent.deliveries()).map(({ state }) => state))).toEqual(new Set(['sent']));
    } finally {
      await kent.close();
    }
  });

  test('the one that had begun the first post goes on with it, though another was written by a slower clock', async () => {
    const kent = await openKentOutbox();
    try {
      const answers = [{ status: 429 }];
      kent.teams.answering(() => answers.shift());
      await kent.post('highways');
      await kent.deliver();
      const [begun] = await kent.deliveries();
      const { id: _id, ...data } = begun!;
      await kent.kent.store.write({ tenant: kentTenant, year: '2009/10' }, [
        {
          change: 'create',
          kind: 'delivery',
          id: 'slow-clock',
          data: { ...data, attempts: 0, createdAt: '2009-10-14T08:59:00.000Z' },
          dueAt: '2009-10-14T09:00:30.000Z',
        },
      ]);
      await kent.deliver(60);
      for (let second = 0; second < 5; second++) await kent.deliver(1);
      expect(kent.requests()).toEqual(['POST highways', 'POST highways']);
      expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    } finally {
      await kent.close();
    }
  });

  test('a change that is kept while the post is being edited is in the next edit', async () => {
    const kent = await openKentOutbox();
    try {
      await kent.post('highways');
      await kent.deliver();
      await kent.correct();
      let during: Promise<void> | null = null;
      kent.teams.answering(({ method }) => {
        if (method !== 'PUT' || during) return undefined;
        during = kent.correct();
        return { status: 200, body: { id: 'post-1' }, after: during };
      });
      await kent.deliver(1);
      for (let second = 0; second < 5; second++) await kent.deliver(1);
      expect(kent.requests()).toEqual(['POST highways', 'PUT highways', 'PUT highways']);
      const { revision, sentRevision } = await kent.digest('highways');
      expect(sentRevision).toBe(revision);
    } finally {
      await kent.close();
    }
  });
});
