import { cut } from '../../domain/typed-text.ts';
import { plural } from '../../domain/words.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type PlanChoicesView = Foot & {
  /** What was asked for. */
  asked: string;
  /** Whether the plans match what was asked, are only the nearest names, or are offered because none was named. */
  found: 'several' | 'nearest' | 'offered';
  plans: readonly { ref: string; title: string; directorate: string; units?: readonly string[] }[];
};

const SHOWN = 12;

/** Several plans match, or none does and these are the nearest: one press opens one. */
export function planChoicesCard(view: PlanChoicesView): Card {
  const { asked, found, plans } = view;
  const name = `“${cut(asked, 60)}”`;
  const title = found === 'nearest' ? `No plan is called ${name}` : 'Which plan?';
  const subtitle =
    found === 'offered'
      ? 'Press one, or write part of its name, such as “status highways”.'
      : found === 'several'
        ? `${plural(plans.length, 'plan matches', 'plans match')} ${name}.`
        : plans.length > 0
          ? 'These names are the nearest.'
          : 'Try another part of its name, a unit or a directorate.';
  const left = plans.length - SHOWN;
  return renderCard('plan-choices', { title, subtitle }, view, {
    plans: plans.slice(0, SHOWN).map(({ ref, title: planTitle, directorate, units = [] }) => ({
      plan: ref,
      title: planTitle,
      about: [directorate, ...units.slice(0, 3)].join(' · '),
    })),
    more: left > 0 ? `and ${left} more. Type more of the name to find one.` : '',
  });
}
