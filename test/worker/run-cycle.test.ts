import { wakeCycle } from '../../src/usecases/wake-cycle.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
beforeEach(async () => {
  council = await openSmallCouncil(['ann', 'bob']);
});
afterEach(() => council.close());

const register = { tenant, year: null };
const cycle = async () => (await council.deps.store.read(register, 'cycle', 'cycle'))?.data;
/** Two processes, each with its own record of what Teams took. */
const processes = () => {
  const workers = cycleWorkers(council);
  return { workers, one: createOutbox(workers.deps('one')), two: createOutbox(workers.deps('two')) };
};
type Outbox = ReturnType<typeof createOutbox>;
async function live(outbox: Outbox, instant: string): Promise<void> {
  council.setNow(instant);
  for (let round = 0; round < 3; round++) {
    await outbox.round();
    await outbox.settled();
  }
}

test('a council’s cycle begins by itself, and people are asked when their hours begin', async () => {
  const { workers, one } = processes();
  await live(one, '2009-05-01T07:59:00Z');
  expect(workers.taken).toEqual([]);
  // Nine in the morning, summer time.
  await live(one, '2009-05-01T08:00:00Z');
  expect(workers.taken.map(({ to }) => to).sort()).toEqual(['chat-ann', 'chat-bob']);
});

test('of two processes one runs the cycle, and nobody is asked twice', async () => {
  const { workers, one, two } = processes();
  council.setNow('2009-05-01T08:00:00Z');
  await Promise.all([one.round(), two.round()]);
  await Promise.all([one.settled(), two.settled()]);
  await Promise.all([live(one, '2009-05-01T08:00:01Z'), live(two, '2009-05-01T08:00:01Z')]);
  expect(workers.taken).toHaveLength(2);
  const lease = await council.deps.store.read(register, 'lease', 'deliveries');
  expect(lease!.data.token).toBe(1);
});

test('another process takes over within a minute when the one that decides is killed', async () => {
  const { workers, two } = processes();
  const { store } = council.deps;
  const deciding = Promise.withResolvers<void>();
  const killed = {
    ...store,
    list: () => {
      deciding.resolve();
      return new Promise<never>(() => {});
    },
  };
  const one = createOutbox({ ...workers.deps('one'), store: killed });
  council.setNow('2009-05-01T08:00:00Z');
  await one.round();
  await deciding.promise;
  await live(two, '2009-05-01T08:00:10Z');
  expect(workers.taken).toEqual([]);
  await live(two, '2009-05-01T08:00:59Z');
  expect(workers.taken).toHaveLength(2);
});

test('a process that lost the cycle while it was paused can’t put the next round back', async () => {
  const { one, two, workers } = processes();
  await live(one, '2009-05-01T07:55:00Z');
  const { store } = council.deps;
  const list = store.list.bind(store);
  const paused = Promise.withResolvers<void>();
  let once = true;
  const held = {
    ...workers.deps('three'),
    store: {
      ...store,
      list: (async (partition, kind, where) => {
        if (kind === 'asked' && once) {
          once = false;
          await paused.promise;
        }
        return list(partition, kind, where);
      }) as typeof store.list,
    },
  };
  await one.release();
  const three = createOutbox(held);
  council.setNow('2009-05-01T08:00:00Z');
  await three.round();
  await live(two, '2009-05-01T08:00:30Z');
  await live(two, '2009-05-01T08:01:00Z');
  const kept = await cycle();
  expect(kept).toEqual({ ranAt: '2009-05-01T08:01:00Z' });
  paused.resolve();
  await three.settled();
  expect(await cycle()).toEqual(kept);
  expect(workers.taken).toHaveLength(2);
});

test('a round that fails is tried again, and holds up nobody else', async () => {
  const { workers } = processes();
  const { store } = council.deps;
  let broken = true;
  const failing = {
    ...store,
    list: (async (partition, kind, where) => {
      if (kind === 'asked' && broken) throw new Error('the store is away');
      return store.list(partition, kind, where);
    }) as typeof store.list,
  };
  const one = createOutbox({ ...workers.deps('one'), store: failing });
  await live(one, '2009-05-01T08:00:00Z');
  broken = false;
  await live(one, '2009-05-01T08:00:29Z');
  expect(workers.taken).toEqual([]);
  await live(one, '2009-05-01T08:00:30Z');
  expect(workers.taken).toHaveLength(2);
});

test('a change that brings something nearer has the next round begin at once', async () => {
  const { one } = processes();
  await live(one, '2009-05-01T08:00:00Z');
  await live(one, '2009-05-01T08:01:00Z');
  expect(await cycle()).toEqual({ ranAt: '2009-05-01T08:00:00Z' });
  await wakeCycle(council.deps, { council: register });
  await live(one, '2009-05-01T08:01:01Z');
  expect(await cycle()).toEqual({ ranAt: '2009-05-01T08:01:01Z' });
});
