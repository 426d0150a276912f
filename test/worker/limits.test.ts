import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import {
  conversationWindows,
  createLimits,
  type Limits,
  type Place,
  tenantWindows,
  type Window,
} from '../../src/worker/limits.ts';

const chat: Place = { tenant: 'kent', conversation: 'priya' };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Sends as fast as it is let, for as long as it takes, and says when each was sent. */
function sendAll(limits: Limits, places: readonly Place[], takes = 0): number[] {
  let now = 0;
  return places.map((place) => {
    for (;;) {
      const reserved = limits.reserve(place, now);
      if (typeof reserved === 'number') {
        now += reserved;
        continue;
      }
      const sentAt = now;
      now += takes;
      reserved.ended(now);
      return sentAt;
    }
  });
}

/** The most sends in any stretch of a window's length. */
const mostIn = ({ milliseconds }: Window, times: readonly number[]) =>
  Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + milliseconds).length));

test('one conversation gets seven messages at once, the eighth a second later, and the ninth after two', () => {
  expect(sendAll(createLimits(), Array(9).fill(chat))).toEqual([0, 0, 0, 0, 0, 0, 0, 1000, 2000]);
});

test('one conversation gets no more than 60 in half a minute and 1,800 in an hour', () => {
  const times = sendAll(createLimits(), Array(2_000).fill(chat));
  expect(times[59]).toBeLessThan(30_000);
  expect(times[60]).toBe(30_000);
  expect(times[1_799]).toBeLessThan(3_600_000);
  expect(times[1_800]).toBe(3_600_000);
});

test('a conversation that falls silent between bursts gets no more than 1,800 in an hour all the same', () => {
  const limits = createLimits();
  const times: number[] = [];
  for (let now = 0; now < 3 * 3_600_000; now += 41_000) {
    for (let at = now; at < now + 10_000; at += 250) {
      const reserved = limits.reserve(chat, at);
      if (typeof reserved === 'number') continue;
      reserved.ended(at);
      times.push(at);
    }
  }
  expect(mostIn({ sends: 0, milliseconds: 3_600_000 }, times)).toBeGreaterThan(1_000);
  expect(mostIn({ sends: 0, milliseconds: 3_600_000 }, times)).toBeLessThanOrEqual(1_800);
  expect(typeof limits.reserve({ ...chat, conversation: 'tom' }, 3 * 3_600_000)).toBe('object');
});

test('a hundred thousand people who were written to once take no more memory than a few', () => {
  const limits = createLimits();
  const writeTo = (from: number, count: number) => {
    for (let at = from; at < from + count; at++) {
      const reserved = limits.reserve(
        { tenant: `council-${at % 500}`, conversation: `person-${at}` },
        at * 10,
      );
      if (typeof reserved === 'number') throw new Error('no place');
      reserved.ended(at * 10);
    }
  };
  writeTo(0, 10_000);
  const before = heapUsed();
  writeTo(10_000, 100_000);
  const after = heapUsed();
  expect(typeof limits.reserve(chat, 2_000_000)).toBe('object');
  // Kept by name they would be some 20 MB.
  expect(after - before).toBeLessThan(3_000_000);
});

test('a council gets 20 a second over all its conversations, and another council its own 20', () => {
  const places = Array.from({ length: 60 }, (_, at) => ({ tenant: 'kent', conversation: `${at}` }));
  const limits = createLimits();
  const times = sendAll(limits, places);
  expect([times[19], times[20], times[39], times[40]]).toEqual([0, 1000, 1000, 2000]);
  expect(typeof limits.reserve({ tenant: 'dover', conversation: '1' }, 2000)).toBe('object');
});

test('nothing goes to a conversation before the time that Teams asked for, and everything to others', () => {
  const limits = createLimits();
  limits.hold(chat, 30_000, 0);
  expect(limits.reserve(chat, 10_000)).toBe(20_000);
  expect(typeof limits.reserve({ ...chat, conversation: 'tom' }, 10_000)).toBe('object');
  expect(typeof limits.reserve(chat, 30_000)).toBe('object');
});

test('what was not sent in the end takes no place', () => {
  const limits = createLimits();
  for (let at = 0; at < 50; at++) {
    const reserved = limits.reserve(chat, 0);
    if (typeof reserved === 'number') throw new Error('no place');
    reserved.cancel();
  }
});

test('whoever sends what and when, and however long Teams takes, no window is ever overrun', () => {
  const steps = fc.array(
    fc.record({
      tenant: fc.constantFrom('kent', 'dover'),
      conversation: fc.constantFrom('a', 'b', 'c'),
      pause: fc.oneof(fc.constant(0), fc.nat({ max: 400 }), fc.nat({ max: 20_000 })),
      takes: fc.nat({ max: 900 }),
      /** When within that time Teams counts it. */
      countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 400 },
  );
  fc.assert(
    fc.property(steps, (sequence) => {
      const limits = createLimits();
      const counted = new Map<string, number[]>();
      const started = new Map<string, number[]>();
      const add = (to: Map<string, number[]>, key: string, at: number) =>
        to.set(key, [...(to.get(key) ?? []), at]);
      let now = 0;
      for (const { tenant, conversation, pause, takes, countedAt } of sequence) {
        now += pause;
        const reserved = limits.reserve({ tenant, conversation }, now);
        if (typeof reserved === 'number') {
          expect(reserved).toBeGreaterThan(0);
          continue;
        }
        add(started, tenant, now);
        add(counted, `${tenant} ${conversation}`, now + takes * countedAt);
        now += takes;
        reserved.ended(now);
      }
      for (const times of counted.values()) {
        for (const window of conversationWindows)
          expect(mostIn(window, times)).toBeLessThanOrEqual(window.sends);
      }
      for (const times of started.values()) {
        for (const window of tenantWindows) expect(mostIn(window, times)).toBeLessThanOrEqual(window.sends);
      }
    }),
    { numRuns: 200 },
  );
});

test('waiting as long as it says is always enough', () => {
  const pauses = fc.array(fc.nat({ max: 3_000 }), { maxLength: 100 });
  fc.assert(
    fc.property(pauses, (sequence) => {
      const limits = createLimits();
      let now = 0;
      for (const pause of sequence) {
        now += pause;
        const wait = limits.reserve(chat, now);
        if (typeof wait !== 'number') continue;
        now += wait;
        expect(typeof limits.reserve(chat, now)).toBe('object');
      }
    }),
  );
});
