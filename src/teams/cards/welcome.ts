import type { Role } from '../../domain/people.ts';
import { button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { buttonsFor, purposesFor, rolesInWords } from './role-guide.ts';

export type WelcomeView = Foot & { name: string; council: string; year: string; roles: readonly Role[] };

/** The first words: who it takes you for, what it is for, and what to press. */
export function welcomeCard(view: WelcomeView): Card {
  const { name, council, year, roles } = view;
  return renderCard(
    'welcome',
    { title: `Hello, ${name}`, subtitle: `${council}, business plans ${year}` },
    view,
    {
      purposes: purposesFor(roles).map((purpose) => ({ purpose })),
      takenFor: `Your role here: ${rolesInWords(roles) || 'none yet'}. If that is wrong, tell your performance officer.`,
      buttons: [...buttonsFor(roles), button('Help', 'help')],
    },
  );
}
