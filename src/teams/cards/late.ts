import { daysBetween, type IsoDate, longDate } from '../../domain/days.ts';
import { plural } from '../../domain/words.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type LateItem = {
  planTitle: string;
  title: string;
  /** The name of who is to give it. */
  person: string;
  /** The period in words, when it isn't plain from the rest. */
  period: string;
  due: IsoDate;
  state: 'overdue' | 'due';
};

/** `items`: in the order in which those of one person and day are shown. */
export type LateView = Foot & { items: readonly LateItem[]; today: IsoDate; page?: number };

const PAGE = 20;

/** Whose updates are overdue or awaited: the latest first, gathered by person. */
export function lateCard(view: LateView): Card {
  const { items, today } = view;
  const page = pageOf([...items].sort(latestFirst), PAGE, view.page);
  const overdue = items.filter(({ state }) => state === 'overdue').length;
  const title = overdue > 0 ? `${plural(overdue, 'update is', 'updates are')} late` : 'No update is late';
  const awaited = items.length - overdue;
  const subtitle =
    awaited === 0
      ? ''
      : overdue > 0
        ? `${plural(awaited, 'more is', 'more are')} awaited.`
        : `${plural(awaited, 'is', 'are')} awaited.`;
  return renderCard('late', { title, subtitle }, view, {
    people: [...Map.groupBy(page.shown, ({ person }) => person)].map(([person, theirs]) => ({
      person,
      items: theirs.map((item) => row(item, today)),
    })),
    pageLine: pageLine(page),
    buttons: pageButtons(page, 'late'),
  });
}

const latestFirst = (a: LateItem, b: LateItem) =>
  a.due.localeCompare(b.due) || a.person.localeCompare(b.person, 'en-GB');

function row({ title, planTitle, period, due, state }: LateItem, today: IsoDate) {
  const days = daysBetween(due, today);
  return {
    title,
    about: `${planTitle} · ${period} · due ${longDate(due)}`,
    when:
      state === 'overdue'
        ? `● ${plural(days, 'day')} late`
        : days === 0
          ? '○ due today'
          : `○ in ${plural(-days, 'day')}`,
  };
}
