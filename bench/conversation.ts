import type { Client } from 'undici';
import { pressed, typed } from './activities.ts';
import type { ConnectorSink } from './connector-sink.ts';
import type { Account, Council } from './generate-council.ts';
import { load, type Round, roundOf, type Sent } from './load.ts';
import type { RunningBot } from './run-bot.ts';

/** A bot with the people's connections to it. */
export type Reached = { bot: RunningBot; people: readonly Client[] };
export type Bots = { planwatch: Reached; bare: Reached };
export const questions = ['open', 'submit', 'press', 'ask'] as const;
export type Question = (typeof questions)[number];
/** One question put to both bots within seconds, in the same words. */
export type Pair = { planwatch: Round; bare: Round };

const nonce = /"form":"([^"]+)"/;

/** The card's inputs as a manager fills them in, right for whatever the form asks. */
const filledIn = (form: string, round: number, index: number) => ({
  form,
  result: String(60 + ((index * 7 + round * 3) % 300) / 10),
  provisional: 'false',
  unavailable: 'false',
  commentary: 'Two posts stood empty for six weeks and the contractor began later than agreed.',
  action: 'Both posts are filled and overtime is agreed until the backlog is gone.',
  actionBy: '2010-06-30',
  forecast: '',
  dataAge: '',
  reason: 'The figure was counted again.',
});

function expectIn(answer: string, words: string): void {
  if (!answer.includes(words)) throw new Error(`an answer without ${words}: ${answer.slice(0, 2000)}`);
}

type Took = (answer: string, index: number) => void;

/** So many turns of one bot are followed by as many of the other, so that both have the machine in the same state. */
export const slice = 400;

/** The same bodies to both bots, slice by slice, the bare bot first in every other slice. */
async function toBoth(
  { planwatch, bare }: Bots,
  bodies: readonly string[],
  took: { ours: Took; theirs: Took },
) {
  const ours: Sent[] = [];
  const theirs: Sent[] = [];
  for (let from = 0; from < bodies.length; from += slice) {
    const part = bodies.slice(from, from + slice);
    const askUs = async () => {
      ours.push(await load(planwatch.people, part, (answer, index) => took.ours(answer, from + index)));
    };
    const askThem = async () => {
      theirs.push(await load(bare.people, part, (answer, index) => took.theirs(answer, from + index)));
    };
    const turns = (from / slice) % 2 === 0 ? [askUs, askThem] : [askThem, askUs];
    for (const turn of turns) await turn();
  }
  return { planwatch: roundOf(ours), bare: roundOf(theirs) };
}

/**
 * One round of the four kinds of turn, each put to both bots in the same words. Every answer is looked at, so that a
 * refusal is never counted as a turn.
 */
export async function talk(
  bots: Bots,
  council: Council,
  sink: ConnectorSink,
  round: number,
): Promise<Record<Question, Pair>> {
  const { serviceUrl } = sink;
  const theirs: Took = (answer) => expectIn(answer, 'Your update was received');

  const forms: string[] = [];
  const opening = council.items.map(({ id, manager }) =>
    pressed(manager, serviceUrl, 'open-form', { item: id }),
  );
  const open = await toBoth(bots, opening, {
    theirs,
    ours: (answer, index) => {
      expectIn(answer, '"form":"');
      forms[index] = nonce.exec(answer)![1]!;
    },
  });

  const submitting = council.items.map(({ manager }, index) =>
    pressed(manager, serviceUrl, 'submit-kpi', filledIn(forms[index]!, round, index)),
  );
  const submit = await toBoth(bots, submitting, { theirs, ours: (answer) => expectIn(answer, 'Plan now') });

  // Half the questions are a clerk's, half a manager's who asks after another's plan.
  const askers: Account[] = council.items.map(({ manager }, index) =>
    index % 2 === 0 ? manager : council.clerks[index % council.clerks.length]!,
  );
  const planOf = (index: number) => council.plans[(index * 13) % council.plans.length]!;
  const pressing = askers.map((asker, index) =>
    pressed(asker, serviceUrl, 'plan-status', { plan: planOf(index).ref }),
  );
  const press = await toBoth(bots, pressing, {
    theirs,
    ours: (answer, index) => expectIn(answer, planOf(index).title),
  });

  // The answer to a message is a post to the connector: one each, from either bot.
  const asking = askers.map((asker, index) =>
    typed(asker, serviceUrl, `status ${planOf(index).title.toLowerCase()}`),
  );
  const before = sink.received();
  const nothing: Took = () => {};
  const ask = await toBoth(bots, asking, { theirs: nothing, ours: nothing });
  const posts = sink.received() - before;
  if (posts !== 2 * asking.length) throw new Error(`${2 * asking.length} questions had ${posts} answers`);

  return { open, submit, press, ask };
}
