import type { RefusalCode } from '../../domain/errors.ts';
import { type Button, button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type MessageView = Foot & {
  title: string;
  /** Plain sentences, one paragraph each; the last says what to do next. */
  sentences: readonly string[];
  buttons?: readonly Button[];
};

/** An answer or an error in a sentence or two, with what to do next. */
export function messageCard(view: MessageView): Card {
  const { title, sentences, buttons = [] } = view;
  // It has no figures, and so no words among them.
  return renderCard(
    'message',
    { title },
    { ...view, withheld: null },
    {
      sentences: sentences.map((sentence) => ({ sentence })),
      buttons,
    },
  );
}

/** What could not be done, in one sentence, with a way on. `code` says why where it is a refusal. */
export const problemCard = (sentence: string, code?: RefusalCode, typed: readonly string[] = []): Card =>
  messageCard({
    title: code === 'not-allowed' ? 'You can’t do that' : 'That didn’t work',
    sentences: [
      sentence,
      ...(typed.length > 0 ? ['What you had typed, so that you can copy it:', ...typed] : []),
    ],
    buttons: [button('Help', 'help')],
  });

export type UnknownPersonView = Foot & {
  council: string;
  /** The name that Teams gives, if any. */
  name: string | null;
};

/** For someone who isn't on the council's list: what that means and what to do. */
export const unknownPersonCard = (view: UnknownPersonView): Card =>
  renderCard('unknown-person', { title: view.name ? `Hello, ${view.name}` : 'Hello' }, view, {
    missing: `You aren’t on ${view.council}’s list of people who work with business plans, so I can’t show you anything yet.`,
    remedy:
      'Ask your performance officer to add you with the e-mail address you use in Teams. Then send “hi”.',
  });
