import { createForgottenSends } from './forgotten-sends.ts';

/** At most `sends` within any stretch of `milliseconds`. */
export type Window = { sends: number; milliseconds: number };

/** PLATFORM "Outbound": per bot and conversation. */
export const conversationWindows: readonly Window[] = [
  { sends: 7, milliseconds: 1_000 },
  { sends: 8, milliseconds: 2_000 },
  { sends: 60, milliseconds: 30_000 },
  { sends: 1_800, milliseconds: 3_600_000 },
];
/** PLATFORM "Outbound": Teams allows 50; what people are answered in turns needs the rest. */
export const tenantWindows: readonly Window[] = [{ sends: 20, milliseconds: 1_000 }];

export type Place = { tenant: string; conversation: string };

/** A place in the line that was taken for one send. */
export type Reserved = {
  /** The answer is there: Teams counted the send somewhere between the reservation and now. */
  ended(now: number): void;
  /** Nothing was sent. */
  cancel(): void;
};

/** Counts sends ahead of Teams, so that it never has to say 429. All times are milliseconds of one clock. */
export type Limits = {
  /** Takes a place for one send, or says how many milliseconds to wait and takes none. */
  reserve(place: Place, now: number): Reserved | number;
  /** Milliseconds until something may go to this council; 0 when it may now. */
  opensIn(tenant: string, now: number): number;
  /** Nothing goes to this conversation before `until`: Teams asked for it, or a message there is tried again. */
  hold(place: Place, until: number, now: number): void;
};

type Send = { at: number };

/** Milliseconds until the windows have room for one more. `sends` are in order of time. */
export function waitIn(windows: readonly Window[], sends: readonly Send[], now: number): number {
  let wait = 0;
  for (const { sends: most, milliseconds } of windows) {
    const earlier = sends[sends.length - most];
    if (earlier) wait = Math.max(wait, earlier.at + milliseconds - now);
  }
  return wait;
}

const sweepEvery = 10_000;
/** A line of more sends than these is remembered for as long as its longest window. */
const fewSends = 60;

/**
 * Sends by key, of which only those are kept that a window still asks about. Where few were sent and none of late,
 * only their number is kept, in a table of fixed size: so memory grows neither with the people who are written to
 * nor with the councils.
 */
function createLine(windows: readonly Window[]) {
  const lines = new Map<string, Send[]>();
  const inOrder = windows.toSorted((one, other) => one.milliseconds - other.milliseconds);
  const long = inOrder.at(-1)!;
  /** After so long without a send only the longest window asks about a line. */
  const quiet = inOrder.at(-2)?.milliseconds ?? long.milliseconds;
  const forgotten = createForgottenSends(long.milliseconds);
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweep(now: number): void {
    if (now - sweptAt < sweepEvery) return;
    sweptAt = now;
    for (const [key, sends] of lines) {
      const last = sends.at(-1)!.at;
      if (last <= now - long.milliseconds) lines.delete(key);
      else if (last <= now - quiet && sends.length <= fewSends) {
        lines.delete(key);
        forgotten.add(key, sends.length, now);
      }
    }
  }

  return {
    wait(key: string, now: number): number {
      const sends = lines.get(key) ?? [];
      const count = forgotten.countOf(key, now);
      if (count === 0) return waitIn(windows, sends, now);
      const room = long.sends - count;
      if (room <= 0) return forgotten.clearsAt(now) - now;
      return waitIn([...inOrder.slice(0, -1), { ...long, sends: room }], sends, now);
    },
    add(key: string, now: number): Reserved {
      sweep(now);
      const sends = lines.get(key) ?? [];
      lines.set(key, sends);
      while (sends[0] && sends[0].at <= now - long.milliseconds) sends.shift();
      const send = { at: now };
      sends.push(send);
      return {
        ended(end) {
          send.at = Math.max(send.at, end);
          sends.sort((one, other) => one.at - other.at);
        },
        cancel() {
          const at = sends.indexOf(send);
          if (at >= 0) sends.splice(at, 1);
          if (sends.length === 0 && lines.get(key) === sends) lines.delete(key);
        },
      };
    },
  };
}

export function createLimits(): Limits {
  const conversations = createLine(conversationWindows);
  const tenants = createLine(tenantWindows);
  const held = new Map<string, number>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  const keyOf = ({ tenant, conversation }: Place) => `${tenant} ${conversation}`;

  return {
    reserve(place, now) {
      const key = keyOf(place);
      const until = held.get(key) ?? now;
      if (until <= now) held.delete(key);
      const wait = Math.max(until - now, conversations.wait(key, now), tenants.wait(place.tenant, now));
      if (wait > 0) return wait;
      const inConversation = conversations.add(key, now);
      const inTenant = tenants.add(place.tenant, now);
      return {
        // Sends of one conversation follow each other, so counting from the answer is safe whatever the network
        // does. A tenant's run side by side: counting from the start keeps the pace, far below what Teams allows.
        ended: (end) => inConversation.ended(end),
        cancel() {
          inConversation.cancel();
          inTenant.cancel();
        },
      };
    },
    opensIn: (tenant, now) => tenants.wait(tenant, now),
    hold(place, until, now) {
      if (now - sweptAt >= sweepEvery) {
        sweptAt = now;
        for (const [key, ends] of held) if (ends <= now) held.delete(key);
      }
      held.set(keyOf(place), until);
    },
  };
}
