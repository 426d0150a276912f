import type { Role } from '../../domain/people.ts';
import { cut } from '../../domain/typed-text.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { buttonsFor, type Command, commandsFor } from './role-guide.ts';

export type HelpView = Foot & {
  roles: readonly Role[];
  /** What was typed when it wasn't understood, else null. */
  notUnderstood?: string | null;
  /** What can be typed in the playground alone. */
  extra?: readonly Command[];
};

/** What to type and what to press, fitting the person's roles; also the answer to words that mean nothing here. */
export function helpCard(view: HelpView): Card {
  const { roles, notUnderstood, extra = [] } = view;
  const title = notUnderstood ? 'I didn’t understand that' : 'What you can type';
  const subtitle = notUnderstood ? 'Press a button, or type one of the lines below.' : 'Or press a button.';
  return renderCard('help', { title, subtitle }, view, {
    heard: notUnderstood ? `You wrote: “${cut(notUnderstood, 120)}”` : '',
    commands: [...commandsFor(roles), ...extra],
    buttons: buttonsFor(roles),
  });
}
