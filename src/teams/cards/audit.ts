import { plural } from '../../domain/words.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** One entry of the trail in words. `entry`: such as `2009/10 12`. */
export type ShownEntry = {
  who: string;
  what: string;
  when: string;
  about: readonly string[];
  people: readonly string[];
  outcome: string;
  entry: string;
};

export type AuditView = Foot & { entries: readonly ShownEntry[]; page?: number };

const PAGE = 10;

/** What clerks and officers did, the newest first. */
export function auditCard(view: AuditView): Card {
  const { entries } = view;
  const page = pageOf(entries, PAGE, view.page);
  const subtitle =
    entries.length === 0 ? '' : `${plural(entries.length, 'entry', 'entries')}, the newest first.`;
  return renderCard('audit', { title: 'Who did what', subtitle }, view, {
    empty: entries.length === 0 ? 'Nothing was done yet that is kept here.' : '',
    entries: page.shown.map(({ who, what, when, about, people, outcome, entry }) => ({
      said: `${who}: ${what}`,
      when: `${when} · entry ${entry}`,
      about: [...people, ...about, ...(outcome === 'done' ? [] : [outcome.replaceAll('-', ' ')])].join(' · '),
    })),
    pageLine: pageLine(page),
    buttons: pageButtons(page, 'audit'),
  });
}
