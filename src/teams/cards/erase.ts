import { plural } from '../../domain/words.ts';
import type { Accountable } from '../../usecases/before-erasure.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines, keptLengths } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type EraseView = Foot & {
  person: { id: string; name: string; email: string };
  pseudonym: string;
  removed: number;
  renamed: number;
  texts: number;
  accountable: readonly Accountable[];
  /** What stops it: on what, and why. */
  holds: readonly { on: string; reason: string }[];
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
};

const fields = ['reason', 'force', 'confirmed'];
const SHOWN = 8;

const kinds: Record<Accountable['kind'], string> = {
  plan: 'Head of service of',
  kpi: 'KPI',
  milestone: 'Milestone',
};

/** What erasing someone does, what they still answer for, and what stops it; and the form that does it. */
export const eraseCard = (view: EraseView): Card => fitting(keptLengths, (length) => draw(view, length));

function draw(view: EraseView, length: number): Card {
  const { person, pseudonym, accountable, holds, typed, faults } = view;
  const isHeld = holds.length > 0;
  const more = accountable.length - SHOWN;
  return renderCard('erase', { title: `Erase ${person.name}?`, subtitle: person.email }, view, {
    strip: isHeld ? '⚠ A hold stops this. Nothing was erased.' : faultCount(faults),
    holds: holds.slice(0, SHOWN).map(({ on, reason }) => ({ hold: `On ${on}: ${reason}` })),
    effectsHeading: isHeld ? 'What it would do' : 'What it does',
    effects: effectsOf(view).map((effect) => ({ effect })),
    accountableHeading: accountable.length > 0 ? `● Still accountable for ${accountable.length}` : '',
    accountable: accountable
      .slice(0, SHOWN)
      .map(({ year, kind, ref, title }) => ({ item: `${kinds[kind]} ${title} (${ref}), ${year}` })),
    more: more > 0 ? `and ${more} more` : '',
    mayErase: !isHeld,
    asksForce: !isHeld && accountable.length > 0,
    force: `Erase them although they are accountable for ${plural(accountable.length, 'thing')}: nobody is asked for these until someone else is named`,
    pseudonym,
    person: person.id,
    typed: everyField(fields, { force: 'false', confirmed: 'false', ...typed }, length),
    faults: faultLines(fields, faults),
  });
}

const effectsOf = ({ pseudonym, removed, renamed, texts }: EraseView): string[] => [
  `They become “${pseudonym}”. Name, e-mail address, account, chat, roles, portfolios and deputy go for good.`,
  ...(removed > 0
    ? [
        `${plural(removed, 'document is', 'documents are')} removed: messages to them, what they were asked for and forms that they filled in.`,
      ]
    : []),
  ...(renamed > 0
    ? [`In ${plural(renamed, 'kept page', 'kept pages')} of digests the pseudonym stands for their name.`]
    : []),
  'Figures, ratings, dates and counts stay as they are.',
  texts === 0
    ? 'No other text has their whole name or address in it.'
    : texts === 1
      ? '1 text names them and stays as it is. You get it to decide on.'
      : `${plural(texts, 'text names', 'texts name')} them and stay as they are. You get a list to decide on.`,
  'Cards in Teams and backups keep what was in them.',
];
