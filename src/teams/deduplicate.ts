import { hash } from 'node:crypto';
import type { Activity } from 'botbuilder';

/** Remembers answers by key, the newest `capacity` of them. */
export type Deduplicator<T> = {
  /** Runs `work` the first time; a repeat, even one that comes while it still runs, gets the same answer. */
  once(key: string, work: () => Promise<T>): Promise<T>;
  forget(key: string): void;
};

export function createDeduplicator<T>(capacity: number): Deduplicator<T> {
  const answers = new Map<string, Promise<T>>();
  return {
    once(key, work) {
      const known = answers.get(key);
      if (known) return known;
      const answer = work();
      answers.set(key, answer);
      if (answers.size > capacity) answers.delete(answers.keys().next().value!);
      // A failure is not an answer: when Teams sends the activity again, it is tried again.
      answer.catch(() => answers.get(key) === answer && answers.delete(key));
      return answer;
    },
    forget: (key) => void answers.delete(key),
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
