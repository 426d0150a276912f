import { randomUUID } from 'node:crypto';
import { chance } from '../src/simulation/seeded.ts';
import { type Account, audiences, type Council, type Item, tenant } from './council.ts';
import type { Event } from './plan.ts';

/** One figure that a manager sent, as often as it took. Times are real, in milliseconds since 1970. */
export type Submission = {
  /** Stands in the commentary, and nowhere else. */
  token: string;
  item: string;
  who: string;
  form: string;
  result: string;
  sentAt: number;
  /** When it was first answered with a receipt. */
  keptAt: number | null;
  /** What it was answered with instead. */
  refused: string | null;
};

/** A clerk’s request for a channel's digest; each may have been taken, whatever was answered. */
export type Ask = { channel: string; at: number; until: number };

type Answer = { statusCode: number; value: unknown };
type Press = { verb: string; data: Record<string, unknown> };
type Times = (Event & { does: 'give' })['times'];

export type People = {
  submissions: Submission[];
  asks: Ask[];
  /** How many activities were sent, and how many of them again. */
  counts: { activities: number; repeats: number };
  /** Looks at what is asked of them, so that the bot hears from them. */
  greet(who: Account): Promise<void>;
  give(item: Item, times: Times): Promise<void>;
  digest(channel: number): Promise<void>;
};

/** Every press that a card offers. */
function pressesOf(card: unknown): Press[] {
  if (Array.isArray(card)) return card.flatMap(pressesOf);
  if (card === null || typeof card !== 'object') return [];
  const { fallback: _fallback, ...own } = card as Record<string, unknown>;
  const inner = Object.values(own).flatMap(pressesOf);
  return own.type === 'Action.Execute' ? [own as Press, ...inner] : inner;
}

/** The item ids that a card has forms for. */
export const itemsOn = (card: unknown): string[] =>
  pressesOf(card)
    .filter(({ verb }) => verb === 'open-form')
    .map(({ data }) => String(data.item));

/** Which digest a card is a post of. */
export const digestOn = (card: unknown): string | null =>
  pressesOf(card)
    .filter(({ verb }) => verb === 'digest-plan')
    .map(({ data }) => String(data.digest))[0] ?? null;

export const channelId = (channel: number): string => `19:${audiences[channel]!.replace(':', '-')}@thread`;

/** Milliseconds for which Teams waits for an answer, and between two tries. */
const patience = 3_000;
const between = 60;

type Given = {
  seed: number;
  council: Council;
  /** The addresses of the instances that are up. */
  urls: () => string[];
  /** Whether to give up. */
  isOver: () => boolean;
  note: (what: string) => void;
  /** Has the digests of a channel posted by themselves on some days. */
  schedule: (channel: string) => Promise<void>;
};

/** The people of a council, who press what the bot sends them and whose Teams repeats what isn't answered. */
export function createPeople({ seed, council, urls, isOver, note, schedule }: Given): People {
  const submissions: Submission[] = [];
  const asks: Ask[] = [];
  const counts = { activities: 0, repeats: 0 };

  async function send(activity: object, url: string): Promise<Answer | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(patience),
      });
      const answer = (await response.json()) as Answer;
      return answer.statusCode < 500 ? answer : null;
    } catch {
      return null;
    }
  }

  /** Sends an activity until it is answered, twice with one id and then with a new one, to whoever is up. */
  async function post(
    activity: object,
    before: () => Ask | null = () => null,
    name = randomUUID(),
  ): Promise<Answer | null> {
    counts.activities += 1;
    for (let attempt = 0; !isOver(); attempt++) {
      const up = urls();
      const url = up[Math.floor(chance(seed, 'to', name, attempt) * up.length)];
      const id = `${name}/${Math.floor(attempt / 2)}`;
      if (url) {
        if (attempt > 0) counts.repeats += 1;
        const ask = before();
        const answer = await send({ ...activity, id }, url);
        if (answer && ask) ask.until = Date.now();
        if (answer) return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, between));
    }
    return null;
  }

  const press = ({ name, id, aadObjectId }: Account, verb: string, data: object, channel?: string) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    serviceUrl: council.serviceUrl,
    from: { id: `29:${id}`, name, aadObjectId },
    recipient: { id: '28:bot', name: 'Planwatch' },
    conversation: channel
      ? { isGroup: true, conversationType: 'channel', tenantId: tenant, id: channel }
      : { conversationType: 'personal', tenantId: tenant, id: `chat-${id}` },
    channelData: {
      tenant: { id: tenant },
      ...(channel ? { team: { id: 'team' }, channel: { id: channel, name: channel } } : {}),
    },
    locale: 'en-GB',
    replyToId: '1',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  });

  async function openForm({ id, manager }: Item): Promise<string | null> {
    const answer = await post(press(manager, 'open-form', { item: id }));
    const submit = pressesOf(answer?.value).find(({ verb }) => verb === 'submit-kpi');
    if (answer && !submit) note(`${id}: no form: ${JSON.stringify(answer.value).slice(0, 300)}`);
    return submit ? String(submit.data.form) : null;
  }

  /** What a submission was answered with: it is kept once a receipt came, whichever of two answers had it. */
  async function settle(submission: Submission, manager: Account, answer: Answer | null): Promise<void> {
    if (!answer) return;
    const verbs = pressesOf(answer.value).map(({ verb }) => verb);
    if (verbs.includes('replace-theirs')) {
      const again = press(manager, 'replace-theirs', { form: submission.form });
      return settle(submission, manager, await post(again));
    }
    if (verbs.includes('correct') && !verbs.includes('submit-kpi')) submission.keptAt ??= Date.now();
    else submission.refused = JSON.stringify(answer.value).slice(0, 1_000);
  }

  return {
    submissions,
    asks,
    counts,
    async greet(who) {
      await post(press(who, 'my-updates', {}));
    },
    async give(item, times) {
      const form = await openForm(item);
      if (!form) return;
      const number = submissions.length + 1;
      const token = `figure-${number}-of-${seed}.`;
      const result = (50 + number / 100).toFixed(2);
      const submission: Submission = {
        token,
        item: item.id,
        who: item.manager.id,
        form,
        result,
        sentAt: Date.now(),
        keptAt: null,
        refused: null,
      };
      submissions.push(submission);
      const data = { form, result, commentary: token, reason: 'A recount.' };
      const activity = press(item.manager, 'submit-kpi', data);
      const id = randomUUID();
      const second = times === 'twice, two ids' ? randomUUID() : id;
      const answers =
        times === 'once'
          ? [post(activity)]
          : [post(activity, undefined, id), post(activity, undefined, second)];
      await Promise.all(answers.map(async (answer) => settle(submission, item.manager, await answer)));
    },
    async digest(channel) {
      const id = channelId(channel);
      // What isn't answered may still be done, by a process that had no processor.
      const asked = () => {
        const ask = { channel: id, at: Date.now(), until: Date.now() + 5 * patience };
        asks.push(ask);
        return ask;
      };
      for (let turn = 0; turn < 5 && !isOver(); turn++) {
        const answer = await post(press(council.clerk, 'digest', {}, id), asked);
        if (!answer) return;
        if (!JSON.stringify(answer.value).includes('isn’t connected yet')) return;
        const choice = { audience: audiences[channel], cleared: 'false' };
        await post(press(council.clerk, 'connect-channel', choice, id));
        await schedule(id);
      }
    },
  };
}
