import type { Store } from '../../src/store/store.ts';
import { createLeases, leaseFor } from '../../src/worker/lease.ts';
import { page, someYear } from '../contract/sample-documents.ts';
import { onEveryStore } from '../contract/store-under-test.ts';

const work = 'schedule';

onEveryStore((current) => {
  /** Time as it passes for all; each process sees it through a clock of its own. */
  let time: number;
  let council: ReturnType<typeof someYear>;
  beforeEach(() => {
    time = Date.parse('2009-10-14T09:00:00Z');
    council = someYear(null);
  });

  /** A process whose clock on the wall is some seconds off. */
  const process = (workerId: string, store: Store, secondsOff = 0) =>
    createLeases({
      store,
      workerId,
      wallNow: () => new Date(time + secondsOff * 1000).toISOString(),
      elapsed: () => time,
    });
  const two = async (secondsOff = 0) => {
    const { store, another } = current();
    return [process('one', store), process('two', await another(), secondsOff)] as const;
  };

  it('one process has it, and keeps it for as long as it comes back for it', async () => {
    const [one, two_] = await two();
    for (let round = 0; round < 20; round++) {
      expect(await one.hold(council, work)).toMatchObject({ token: 1 });
      expect(await two_.hold(council, work)).toBeNull();
      time += 7_000;
    }
  });

  it('of two that ask at the same moment one gets it', async () => {
    const [one, two_] = await two();
    const got = await Promise.all([one.hold(council, work), two_.hold(council, work)]);
    expect(got.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it.each([0, 60, -60])(
    'a dead holder is followed within half a minute by a process whose clock is %i s off',
    async (off) => {
      const [one, two_] = await two(off);
      await one.hold(council, work);
      expect(await two_.hold(council, work)).toBeNull();
      time += leaseFor - 1;
      expect(await two_.hold(council, work)).toBeNull();
      time += 1;
      expect(await two_.hold(council, work)).toMatchObject({ token: 2 });
    },
  );

  it('a process whose clock is a minute fast takes nothing from a living holder', async () => {
    const [one, two_] = await two(60);
    for (let round = 0; round < 12; round++) {
      await one.hold(council, work);
      expect(await two_.hold(council, work)).toBeNull();
      time += 10_000;
    }
  });

  it('a paused holder, back with its clock a minute off, keeps nothing that only the holder may keep', async () => {
    const { store, another } = current();
    const [one, two_] = [process('one', store, -60), process('two', await another())];
    const before = (await one.hold(council, work))!;
    expect(await before.write([create('first')])).toBe('kept');
    await two_.hold(council, work);
    time += leaseFor;
    const after = (await two_.hold(council, work))!;
    expect(after.token).toBeGreaterThan(before.token);
    expect(await before.write([create('too late')])).toBe('lost');
    expect(await store.read(council, 'digest-page', 'too late')).toBeNull();
    expect(await one.hold(council, work)).toBeNull();
    expect(await after.write([create('second')])).toBe('kept');
  });

  it('a write that meets another change is told apart from a lease that is lost', async () => {
    const [one] = await two();
    const lease = (await one.hold(council, work))!;
    expect(await lease.write([create('there')])).toBe('kept');
    expect(await lease.write([create('there')])).toBe('conflict');
    expect(await lease.write([create('another')])).toBe('kept');
  });

  it('a holder that stops gives it back at once', async () => {
    const [one, two_] = await two();
    await one.hold(council, work);
    expect(await two_.hold(council, work)).toBeNull();
    await one.release();
    expect(await two_.hold(council, work)).toMatchObject({ token: 2 });
  });

  it('a lease that was left long ago is free at once', async () => {
    const [one, two_] = await two();
    await one.hold(council, work);
    time += 10 * 60_000;
    expect(await two_.hold(council, work)).toMatchObject({ token: 2 });
  });

  const create = (id: string) =>
    ({ change: 'create', kind: 'digest-page', id, data: page('digest', 1) }) as const;
});
