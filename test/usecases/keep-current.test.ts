import { runCycle } from '../../src/usecases/run-cycle.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox } from '../support/outbox.ts';

let outbox: KentOutbox;
beforeEach(async () => {
  outbox = await openKentOutbox();
  await outbox.post('highways');
  await outbox.deliver();
});
afterEach(() => outbox.close());

/** A round of the cycle at an instant, and what it put in the outbox. */
async function round(instant: string) {
  const before = (await outbox.deliveries()).length;
  outbox.kent.setNow(instant);
  await runCycle(outbox.kent.deps, kentTenant, 'test');
  return (await outbox.deliveries()).length - before;
}
const missing = async () => {
  const { said } = await outbox.digest('highways');
  return JSON.stringify(said);
};

test('a post says that figures are overdue on the morning after they were due, with no one doing anything', async () => {
  const before = await missing();
  expect(await round('2009-10-21T15:00:00Z')).toBe(0);
  expect(await round('2009-10-22T06:00:00Z')).toBe(0);
  expect(await round('2009-10-22T08:00:00Z')).toBe(1);
  expect(await round('2009-10-22T08:05:00Z')).toBe(0);
  await outbox.deliver(8 * 86_400);
  expect(outbox.requests()).toEqual(['POST highways', 'PUT highways']);
  expect(await missing()).not.toBe(before);
});

test('a day on which nothing turns sends no post off', async () => {
  expect(await round('2009-10-15T09:00:00Z')).toBe(0);
  expect(await round('2009-10-16T09:00:00Z')).toBe(0);
});
