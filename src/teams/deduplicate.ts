import { hash } from 'node:crypto';
import type { Activity } from 'botbuilder';

/** Remembers answers by key. */
export type Deduplicator<T> = {
  /** Runs `work` the first time; a repeat, even one that comes while it still runs, gets the same answer. */
  once(key: string, work: () => Promise<T>): Promise<T>;
};

export type Remembering = {
  /** Answers at once; past it the oldest is forgotten. */
  capacity: number;
  /** Milliseconds that an answer is remembered for. */
  longest: number;
  /** The clock in milliseconds. */
  clock: () => number;
};

/** Forgets what is too old when something new comes: answers show people's names, and have no business to stay. */
export function createDeduplicator<T>({ capacity, longest, clock }: Remembering): Deduplicator<T> {
  const answers = new Map<string, { answer: Promise<T>; at: number }>();

  function forgetOld(now: number): void {
    for (const [key, { at }] of answers) {
      if (answers.size <= capacity && now - at <= longest) return;
      answers.delete(key);
    }
  }

  return {
    once(key, work) {
      const now = clock();
      forgetOld(now);
      const known = answers.get(key);
      if (known) return known.answer;
      const answer = work();
      answers.set(key, { answer, at: now });
      forgetOld(now);
      // A failure is not an answer: when Teams sends the activity again, it is tried again.
      answer.catch(() => answers.get(key)?.answer === answer && answers.delete(key));
      return answer;
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
