import type { Client } from 'undici';
import { pressed, typed } from './activities.ts';
import type { ConnectorSink } from './connector-sink.ts';
import type { Account, Council } from './generate-council.ts';
import { load, type Round } from './load.ts';
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

/**
 * One round of the four kinds of turn, each put to both bots one after the other; which is first changes with
 * the round. Every answer is looked at, so that a refusal is never counted as a turn.
 */
export async function talk(
  bots: Bots,
  council: Council,
  sink: ConnectorSink,
  round: number,
): Promise<Record<Question, Pair>> {
  const { serviceUrl } = sink;
  const put = ({ people }: Reached, bodies: string[], took: (answer: string, index: number) => void) =>
    load(people, bodies, took);
  const both = async (bodies: string[], took: (answer: string, index: number) => void): Promise<Pair> => {
    const askBare = () => put(bots.bare, bodies, (answer) => expectIn(answer, 'Your update was received'));
    const first = round % 2 === 0 ? await askBare() : null;
    const planwatch = await put(bots.planwatch, bodies, took);
    return { planwatch, bare: first ?? (await askBare()) };
  };

  const opening = council.items.map(({ id, manager }) =>
    pressed(manager, serviceUrl, 'open-form', { item: id }),
  );
  const forms: string[] = [];
  const open = await both(opening, (answer, index) => {
    expectIn(answer, nonce.source.slice(0, 8));
    forms[index] = nonce.exec(answer)![1]!;
  });

  const submitting = council.items.map(({ manager }, index) =>
    pressed(manager, serviceUrl, 'submit-kpi', filledIn(forms[index]!, round, index)),
  );
  const submit = await both(submitting, (answer) => expectIn(answer, 'Plan now'));

  // Half the questions are a clerk's, half a manager's who asks after another's plan.
  const askers: Account[] = council.items.map(({ manager }, index) =>
    index % 2 === 0 ? manager : council.clerks[index % council.clerks.length]!,
  );
  const planOf = (index: number) => council.plans[(index * 13) % council.plans.length]!;
  const pressing = askers.map((asker, index) =>
    pressed(asker, serviceUrl, 'plan-status', { plan: planOf(index).ref }),
  );
  const press = await both(pressing, (answer, index) => expectIn(answer, planOf(index).title));

  // The answer to a message is a post to the connector: one each, from either bot.
  const asking = askers.map((asker, index) =>
    typed(asker, serviceUrl, `status ${planOf(index).title.toLowerCase()}`),
  );
  const before = sink.received();
  const askBoth = {
    planwatch: () => put(bots.planwatch, asking, () => {}),
    bare: () => put(bots.bare, asking, () => {}),
  };
  const bareFirst = round % 2 === 0 ? await askBoth.bare() : null;
  const planwatch = await askBoth.planwatch();
  const ask: Pair = { planwatch, bare: bareFirst ?? (await askBoth.bare()) };
  const posts = sink.received() - before;
  if (posts !== 2 * asking.length) throw new Error(`${2 * asking.length} questions had ${posts} answers`);

  return { open, submit, press, ask };
}
