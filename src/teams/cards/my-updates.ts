import { daysBetween, type IsoDate, longDate } from '../../domain/days.ts';
import type { DueItem } from '../../domain/due-items.ts';
import { periodName } from '../../domain/periods.ts';
import { plural, ratingWords, stateWords } from '../../domain/words.ts';
import { type Button, button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** How many fit one phone screen or two, and stay far below the size of a card. */
const PAGE = 12;

export type MyUpdatesView = Foot & {
  /** Overdue first, then due, then given. */
  items: readonly DueItem[];
  given: number;
  total: number;
  missed: number;
  planTitles: ReadonlyMap<string, string>;
  today: IsoDate;
  page?: number;
  /** Whether this person has reminders to choose; those who are never asked have none. */
  choosesReminders?: boolean;
  /** Where the card comes unasked: its title, and why it comes. */
  news?: { title: string; sentences: readonly string[]; buttons: readonly Button[] };
};

const groups = [
  { state: 'overdue', heading: '● Overdue', press: 'Give' },
  { state: 'due', heading: '○ Due', press: 'Give' },
  { state: 'given', heading: '✔ Given – you can still correct these', press: 'Correct' },
] as const;

function when({ state, dates, rating, said }: DueItem, today: IsoDate): string {
  if (state === 'given') return rating ? ratingWords(rating).text : said ? stateWords[said] : 'Given';
  const days = daysBetween(today, dates.due);
  const due = `${days < 0 ? 'was due' : 'due'} ${longDate(dates.due)}`;
  if (days === 0) return 'due today';
  return days < 0 ? `${due}, ${plural(-days, 'day')} late` : due;
}

/** What a manager is asked for, the most urgent first; one press per item opens its form. */
export function myUpdatesCard(view: MyUpdatesView): Card {
  const { items, given, total, missed, planTitles, today, news } = view;
  const page = pageOf(items, PAGE, view.page);
  const left = total - given;
  const title =
    total === 0 ? 'Nothing is asked of you now' : left === 0 ? 'All your updates are given' : 'Your updates';
  return renderCard(
    'my-updates',
    { title: news?.title ?? title, subtitle: total === 0 ? '' : `${given} of ${total} given` },
    view,
    {
      lead: (news?.sentences ?? []).map((sentence) => ({ sentence })),
      empty: total === 0 ? 'When a period of yours opens, what is due is shown here.' : '',
      missed:
        missed > 0
          ? `● ${plural(missed, 'update was', 'updates were')} not given before the lock. Ask your performance officer to add ${missed === 1 ? 'it' : 'them'}.`
          : '',
      groups: groups
        .map(({ state, heading, press }) => ({
          heading,
          items: page.shown
            .filter((item) => item.state === state)
            .map((item) => ({
              item: item.id,
              title: item.title,
              about: `${planTitles.get(item.plan) ?? item.plan} · ${periodName(item.period)}`,
              when: when(item, today),
              press,
              spoken: `${press}: ${item.title}`,
              style: state === 'given' ? 'default' : 'positive',
            })),
        }))
        .filter((group) => group.items.length > 0),
      pageLine: pageLine(page),
      buttons: [
        ...pageButtons(page, 'my-updates'),
        ...(news?.buttons ?? []),
        ...(view.choosesReminders === false ? [] : [button('Reminders and cover', 'reminders')]),
      ],
    },
  );
}
