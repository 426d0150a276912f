import { daysInWords } from '../../domain/cover.ts';
import type { CoverLine } from '../../usecases/list-cover.ts';
import { button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type ShownCover = Pick<CoverLine, 'when' | 'awaited' | 'overdue' | 'doubt'> & {
  person: string;
  deputy: string;
  from: string;
  to: string;
};

export type CoverView = Foot & {
  lines: readonly ShownCover[];
  /** Whether this person may set cover for others. */
  maySet: boolean;
  page?: number;
};

const PAGE = 10;

const doubts: Record<NonNullable<ShownCover['doubt']>, string> = {
  'deputy-away': '⚠ away too',
  'deputy-not-reachable': '⚠ I can’t reach them',
  'deputy-gone': '⚠ not on the list any more',
};

/** Who stands in for whom, as a table: the running covers first. */
export function coverCard(view: CoverView): Card {
  const { lines, maySet } = view;
  const page = pageOf(lines, PAGE, view.page);
  const running = lines.filter(({ when }) => when === 'now').length;
  const later = lines.length - running;
  const subtitle = lines.length === 0 ? '' : `${running} now, ${later} later`;
  return renderCard('cover', { title: 'Who covers whom', subtitle }, view, {
    empty: lines.length === 0 ? 'Nobody is covered now or later.' : '',
    rows: page.shown.map(({ person, deputy, from, to, when, awaited, overdue, doubt }) => ({
      person,
      deputy,
      days: daysInWords({ from, to }),
      when: when === 'now' ? '● Now' : '○ Later',
      warning: doubt ? doubts[doubt] : '',
      overdue: overdue > 0 ? `${overdue} overdue` : '',
      awaited: awaited > 0 ? `${awaited} awaited` : '',
      nothing: overdue + awaited === 0 ? 'none' : '',
    })),
    pageLine: pageLine(page),
    buttons: [
      ...pageButtons(page, 'cover'),
      ...(maySet ? [button('Set cover for someone', 'cover-form', {}, { style: 'positive' })] : []),
      button('Late', 'late'),
    ],
  });
}
