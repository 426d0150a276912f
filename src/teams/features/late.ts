import { periodName } from '../../domain/periods.ts';
import { listLate } from '../../usecases/list-late.ts';
import type { Session } from '../../usecases/session.ts';
import { lateCard } from '../cards/late.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn } from './at-work.ts';

/** Whose updates are overdue or awaited, for those who oversee plans. */
export const late =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session, turn: Turn): Promise<Answer> => {
      const items = await listLate(deps, session);
      // Who is away is not for everyone who reads a channel.
      const isPrivate = session.actor.where === 'private';
      return lateCard({
        ...footOf(deps, session),
        withheld: null,
        items: items.map(({ item, plan, manager, deputy }) => ({
          planTitle: plan.title,
          title: item.title,
          person: deputy && isPrivate ? `${manager} (covered by ${deputy})` : manager,
          period: periodName(item.period),
          due: item.dates.due,
          state: item.state === 'overdue' ? 'overdue' : 'due',
        })),
        today: session.today,
        page: pageIn(turn),
      });
    };
    router.text('late', /^(late|who is late\??|overdue)$/i, onText(deps, show));
    router.verb('late', onVerb(deps, show));
  };
