import { mayEver } from '../../domain/access.ts';
import type { DueItem } from '../../domain/due-items.ts';
import { listMyUpdates, nextItem } from '../../usecases/list-my-updates.ts';
import { type KpiForm, type MilestoneForm, openForm } from '../../usecases/open-form.ts';
import type { Session } from '../../usecases/session.ts';
import { kpiFormCard } from '../cards/kpi-form.ts';
import { milestoneFormCard } from '../cards/milestone-form.ts';
import { myUpdatesCard } from '../cards/my-updates.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn, textIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

/** What a manager is asked for, and the forms it opens. Forms are for the chat with the bot alone. */
export const myUpdates =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const list = async (session: Session, turn: Turn): Promise<Answer> => {
      assertOwnChat(session);
      const mine = await listMyUpdates(deps, session);
      return myUpdatesCard({
        ...footOf(deps, session),
        ...mine,
        today: session.today,
        page: pageIn(turn),
        choosesReminders: mayEver(session.actor, 'give-update'),
      });
    };
    const open = async (session: Session, item: string): Promise<Answer> => {
      assertOwnChat(session);
      return formCard(deps, await openForm(deps, session, item));
    };

    router.text(/^(my )?updates?$/i, onText(deps, list));
    router.verb('my-updates', onVerb(deps, list));
    const openNamed = onVerb(deps, (session, turn) => open(session, textIn(turn, 'item') ?? ''));
    router.verb('open-form', openNamed);
    router.verb('next-form', openNamed);
    router.verb('correct', openNamed);
    router.text(
      /^next$/i,
      onText(deps, async (session, turn) => {
        const next: DueItem | null = nextItem(await listMyUpdates(deps, session));
        return next ? open(session, next.id) : list(session, turn);
      }),
    );
  };

/** A form as a card, whether opened or come back. */
export function formCard(deps: FeatureDeps, form: KpiForm | MilestoneForm): Answer {
  return form.kind === 'kpi' ? kpiCard(deps, form) : milestoneCard(deps, form);
}

function kpiCard(deps: FeatureDeps, { item, form, typed, faults, asksReason, last, soFar }: KpiForm): Answer {
  const { session, kpi, plan, period, dates, rule } = item;
  return kpiFormCard({
    ...footOf(deps, session),
    asAt: null,
    form,
    planTitle: plan.title,
    kpi,
    period,
    due: dates.due,
    rule,
    last,
    typed,
    faults,
    ratingSoFar: soFar?.rating ?? null,
    because: soFar?.because ?? '',
    asksReason,
  });
}

function milestoneCard(deps: FeatureDeps, { item, form, typed, faults, asksReason }: MilestoneForm): Answer {
  const { session, milestone, project, plan, period, head } = item;
  return milestoneFormCard({
    ...footOf(deps, session),
    asAt: null,
    form,
    planTitle: plan.title,
    projectTitle: project.title,
    milestone,
    period,
    last: head?.data ?? null,
    typed,
    faults,
    asksReason,
  });
}

/** Throws `Refused` `not-allowed` where others would see what is given. */
export const assertOwnChat = (session: Session): void =>
  assertPrivate(session, 'my updates', 'Others would see your form here.');
