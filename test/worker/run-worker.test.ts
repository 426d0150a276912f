import type { Store } from '../../src/store/store.ts';
import type { Connector } from '../../src/worker/connector.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { type Kent, openKent } from '../support/kent.ts';
import { outboxDeps } from '../support/outbox.ts';

let kent: Kent;
beforeEach(async () => {
  kent = await openKent();
});
afterEach(() => kent.close());

const nobody: Connector = {
  post: async () => ({ outcome: 'unknown', reason: 'nobody' }),
  edit: async () => ({ outcome: 'unknown', reason: 'nobody' }),
};

test('it says that it hangs once the store has kept it waiting for longer than any store does', async () => {
  let elapsed = 0;
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<[]>();
  const duePartitions: Store['duePartitions'] = () => {
    asked.resolve();
    return answer.promise;
  };
  const deps = {
    ...outboxDeps(kent, nobody),
    store: { ...kent.store, duePartitions },
    elapsed: () => elapsed,
  };
  const worker = runWorker(deps);
  await asked.promise;
  elapsed = 80_000;
  expect(worker.isAlive()).toBe(true);
  elapsed = 91_000;
  expect(worker.isAlive()).toBe(false);
  answer.resolve([]);
  await worker.stop();
});

test('a store that fails makes it try again, and is no reason to start it anew', async () => {
  const twice = Promise.withResolvers<void>();
  let rounds = 0;
  const duePartitions: Store['duePartitions'] = async () => {
    rounds += 1;
    if (rounds === 2) twice.resolve();
    throw new Error('the disk is gone');
  };
  let elapsed = 0;
  const deps = { ...outboxDeps(kent, nobody), elapsed: () => elapsed };
  const worker = runWorker({ ...deps, store: { ...kent.store, duePartitions } });
  elapsed = 120_000;
  worker.nudge();
  await twice.promise;
  expect(worker.isAlive()).toBe(true);
  // Whoever watches the heartbeat sees that nothing gets done all the same.
  expect(worker.vitals().heartbeatAge).toBe(120);
  await worker.stop();
});
