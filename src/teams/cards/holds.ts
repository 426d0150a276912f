import { plural } from '../../domain/words.ts';
import { button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** A hold in words. `since`: `14 October 2009, by Sam Whitlock`; `ended`: the day, or null while it is on. */
export type ShownHold = { id: string; on: string; reason: string; since: string; ended: string | null };

export type HoldsView = Foot & {
  /** Those that are on first. */
  holds: readonly ShownHold[];
  /** What was just done, and what that means. */
  done: string;
  note: string;
  page?: number;
};

const PAGE = 8;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What may not be erased or removed for now, and why; one press ends a hold. */
export function holdsCard(view: HoldsView): Card {
  const { holds, done, note } = view;
  const page = pageOf(holds, PAGE, view.page);
  const on = holds.filter(({ ended }) => ended === null).length;
  const subtitle = on > 0 ? `${plural(on, 'hold is', 'holds are')} on.` : '';
  return renderCard('holds', { title: 'Holds', subtitle }, view, {
    done,
    note,
    lead:
      on > 0
        ? 'What a hold covers is neither erased nor removed.'
        : 'No hold is on. Put one on while a request for information or a complaint is open: what it covers is then neither erased nor removed.',
    holds: page.shown.map(({ id, on: what, reason, since, ended }) => ({
      hold: id,
      on: capital(what),
      reason,
      when: ended === null ? `● On since ${since}` : `○ Ended ${ended}; it was put on ${since}`,
      tooltip: `End the hold on ${what}`,
      mayEnd: ended === null,
      page: page.page,
    })),
    pageLine: pageLine(page),
    buttons: [
      ...pageButtons(page, 'holds'),
      button('Put on a hold', 'hold-form', {}, { style: done ? 'default' : 'positive' }),
    ],
  });
}
