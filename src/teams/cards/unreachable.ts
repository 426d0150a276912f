import { plural } from '../../domain/words.ts';
import type { Unreachable } from '../../usecases/list-unreachable.ts';
import { button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type ShownUnreachable = Pick<Unreachable, 'why' | 'awaited' | 'overdue' | 'headsPlans'> & {
  name: string;
  email: string;
  /** In words, such as `14 October 2009`; null when it isn't known. */
  since: string | null;
  standsInFor: readonly string[];
};

export type UnreachableView = Foot & { people: readonly ShownUnreachable[]; page?: number };

const PAGE = 15;

const reasons: Record<ShownUnreachable['why'], string> = {
  'never-installed': 'Has never added Planwatch in Teams',
  removed: 'Planwatch was removed from their Teams',
  blocked: 'Planwatch is blocked in their chat',
  gone: 'Teams does not know their chat any more',
};

const remedies: Record<ShownUnreachable['why'], string> = {
  'never-installed': 'Ask them to add the Planwatch app in Teams and to send it “hi”.',
  removed: 'Ask them to add the Planwatch app again and to send it “hi”.',
  blocked: 'Ask them to unblock Planwatch and to send it “hi”, or ask your Teams administrator.',
  gone: 'Ask them to send Planwatch “hi”. If they have left the council, name someone else for their updates.',
};

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Who can't be reached, why, since when, and what to do about it. */
export function unreachableCard(view: UnreachableView): Card {
  const { people } = view;
  const page = pageOf(people, PAGE, view.page);
  const title =
    people.length === 0
      ? 'I can reach everyone'
      : `I can’t reach ${plural(people.length, 'person', 'people')}`;
  return renderCard('unreachable', { title }, view, {
    lead:
      people.length === 0
        ? 'Everyone who gives updates, or is told what is late, gets my messages.'
        : 'They are asked for updates, or told what is late, and get no message until they can be reached.',
    people: page.shown.map((each) => ({
      name: `${each.name} (${each.email})`,
      wanted: wantedInWords(each),
      why: `${reasons[each.why]}${each.since ? `, since ${each.since}` : ''}.`,
      remedy: remedies[each.why],
    })),
    pageLine: pageLine(page),
    buttons: [
      ...pageButtons(page, 'unreachable'),
      button('Late', 'late'),
      button('Who covers whom', 'cover'),
    ],
  });
}

function wantedInWords({ awaited, overdue, headsPlans, standsInFor }: ShownUnreachable): string {
  const parts = [
    overdue > 0 ? `● ${plural(overdue, 'update')} overdue` : '',
    awaited > 0 ? `○ ${plural(awaited, 'update')} awaited` : '',
    standsInFor.length > 0 ? `stands in for ${listed.format(standsInFor)}` : '',
    headsPlans ? 'head of service' : '',
  ].filter((part) => part !== '');
  return parts.join(' · ') || 'Nothing is asked of them now';
}
