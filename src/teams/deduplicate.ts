import { hash } from 'node:crypto';
import type { Activity } from 'botbuilder';

/** Remembers answers by key. */
export type Deduplicator<T> = {
  /** Runs `work` the first time; a repeat, even one that comes while it still runs, gets the same answer. */
  once(key: string, work: () => Promise<T>): Promise<T>;
};

export type Remembering<T> = {
  /** Answers at once; past it the oldest is forgotten. */
  capacity: number;
  /** Bytes that they may hold together; past it the oldest are forgotten, and what is larger by itself is not kept. */
  room: number;
  /** The bytes of one answer. */
  sizeOf: (answer: T) => number;
  /** Milliseconds that an answer is remembered for. */
  longest: number;
  /** The clock in milliseconds. */
  clock: () => number;
};

/** Forgets what is too old when something new comes: answers show people's names, and have no business to stay. */
export function createDeduplicator<T>(remembering: Remembering<T>): Deduplicator<T> {
  const { capacity, room, sizeOf, longest, clock } = remembering;
  const answers = new Map<string, { answer: Promise<T>; at: number; size: number }>();
  let held = 0;

  function forgetOld(now: number): void {
    for (const [key, { at, size }] of answers) {
      if (answers.size <= capacity && held <= room && now - at <= longest) return;
      answers.delete(key);
      held -= size;
    }
  }

  return {
    once(key, work) {
      const now = clock();
      forgetOld(now);
      const known = answers.get(key);
      if (known) return known.answer;
      const asked = { answer: work(), at: now, size: 0 };
      answers.set(key, asked);
      forgetOld(now);
      const isKept = () => answers.get(key) === asked;
      asked.answer.then(
        (given) => {
          if (!isKept()) return;
          asked.size = sizeOf(given);
          held += asked.size;
          forgetOld(clock());
        },
        // A failure is not an answer: when Teams sends the activity again, it is tried again.
        () => isKept() && answers.delete(key),
      );
      return asked.answer;
    },
  };
}

/**
 * What two deliveries of one activity have in common: its id, and what it says, so that an id used twice
 * for different things is never taken for a repeat. Null without an id: then nothing can be told.
 */
export function deliveryKey(activity: Activity): string | null {
  const { id, type, conversation, from, text, value } = activity;
  if (!id) return null;
  return hash('sha1', JSON.stringify([id, type, conversation.id, from.id, text, value]));
}
