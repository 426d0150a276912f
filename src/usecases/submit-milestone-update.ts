import { buildReport } from '../domain/build-report.ts';
import { currentPeriod } from '../domain/calendar.ts';
import { checkMilestoneUpdate, milestoneFormFields } from '../domain/check-milestone-update.ts';
import { itemId } from '../domain/due-items.ts';
import { periodOf } from '../domain/periods.ts';
import type { MilestoneUpdate } from '../domain/project.ts';
import type { Change } from '../store/store.ts';
import type { Acted } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { isOfficersAct } from './kpi-item.ts';
import { loadMilestoneItem, type MilestoneItem } from './milestone-item.ts';
import { milestoneReceipt } from './milestone-receipt.ts';
import { type MilestoneForm, milestoneForm, type Typed } from './open-form.ts';
import type { Session } from './session.ts';
import { formGone, type Submission, submitForm } from './submitted-form.ts';

export type MilestoneSubmission = Submission<MilestoneForm, MilestoneUpdate>;

/** Keeps what is said of one milestone, with the promises of `submitForm`. */
export const submitMilestoneUpdate = (
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
  { replace = false } = {},
): Promise<MilestoneSubmission> =>
  submitForm<MilestoneUpdate, MilestoneItem, MilestoneForm>(deps, session, data, replace, {
    fields: milestoneFormFields,
    load: async (named) => {
      if (named.kind !== 'milestone') throw formGone();
      return loadMilestoneItem(deps, session, itemId('milestone', named.milestone, periodOf(named.period)));
    },
    show: milestoneForm,
    judge: (nonce, item, typed) => judge(deps, nonce, item, typed),
  });

/** A percentage that the form was handed out with says nothing about a milestone that is complete now. */
const withoutOldPercent = (typed: Typed, { head }: MilestoneItem): Typed =>
  typed.state === 'complete' && typed.percentComplete === String(head?.data.percentComplete)
    ? { ...typed, percentComplete: '' }
    : typed;

async function judge(deps: Deps, nonce: string, item: MilestoneItem, sent: Typed) {
  const { session, milestone, plan, head } = item;
  const typed = withoutOldPercent(sent, item);
  const { asksReason } = milestoneForm(nonce, item, typed);
  const checked = checkMilestoneUpdate({ typed, milestone, asksReason, today: session.today });
  if (!checked.ok) return { ask: milestoneForm(nonce, item, typed, checked.faults) };

  const update: MilestoneUpdate = {
    milestone: milestone.ref,
    plan: plan.ref,
    revision: (head?.data.revision ?? 0) + 1,
    ...checked.values,
    submittedBy: session.actor.person.id,
    submittedAt: session.now,
    source: 'form',
  };
  const receipt = await milestoneReceipt(deps, item, update, reportWith(item, update));
  const acted: Acted | null = isOfficersAct(session, milestone.accountableManager, item.dates)
    ? {
        act: head ? 'milestone-corrected' : 'milestone-given',
        about: { milestone: milestone.ref, period: item.period.key, revision: String(update.revision) },
        outcome: session.today > item.dates.locks ? 'after-lock' : 'done',
      }
    : null;
  return { update, receipt, changes: keep(item, update), acted };
}

function keep({ milestone: { ref }, head }: MilestoneItem, data: MilestoneUpdate): Change[] {
  const own = { kind: 'milestone-update', id: ref, data } as const;
  return [
    head ? { change: 'replace', version: head.version, ...own } : { change: 'create', ...own },
    { change: 'create', kind: 'milestone-update-revision', id: `${ref}#${data.revision}`, data },
  ];
}

/** The plan's report in the current period, as it will be once this update is kept. */
function reportWith({ session, plan, parts }: MilestoneItem, update: MilestoneUpdate) {
  const { settings, today } = session;
  const others = parts.milestoneUpdates.filter(({ milestone }) => milestone !== update.milestone);
  const period = currentPeriod(settings.year, today, settings.calendar);
  return buildReport({ plan, ...parts, milestoneUpdates: [...others, update], settings, today, period });
}
