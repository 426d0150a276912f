import { buildReport } from '../domain/build-report.ts';
import { checkMilestoneUpdate, milestoneFormFields } from '../domain/check-milestone-update.ts';
import { itemId } from '../domain/due-items.ts';
import { Refused } from '../domain/errors.ts';
import type { MilestoneUpdate } from '../domain/project.ts';
import { currentPeriod, periodOf } from '../domain/year.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { digestsToRefresh } from './digests-to-refresh.ts';
import { loadMilestoneItem, type MilestoneItem } from './milestone-item.ts';
import { milestoneReceipt } from './milestone-receipt.ts';
import { type MilestoneForm, milestoneForm } from './open-form.ts';
import type { Session } from './session.ts';
import {
  contestForm,
  findForm,
  receiptOf,
  type Submission,
  typedIn,
  useForm,
  writeAfresh,
} from './submitted-form.ts';

export type MilestoneSubmission = Submission<MilestoneForm, MilestoneUpdate>;

/** Keeps what is said of one milestone, as `submitKpiUpdate` keeps a figure: same promises, same refusals. */
export async function submitMilestoneUpdate(
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
  { replace = false } = {},
): Promise<MilestoneSubmission> {
  return writeAfresh<MilestoneSubmission>(deps, async () => {
    const form = await findForm(deps, session, data.form);
    const { item: named, contested, baseRevision } = form.data;
    if (named.kind !== 'milestone') throw new Refused('form-gone', 'That form is for a KPI. Open it again.');
    const receipt = receiptOf(form);
    if (receipt) return { answer: { outcome: 'kept', receipt }, session, changes: [] };

    const item = await loadMilestoneItem(
      deps,
      session,
      itemId('milestone', named.milestone, periodOf(named.period)),
    );
    const here = item.session;
    const typed = replace && contested ? contested.typed : typedIn(data, milestoneFormFields);
    const seen = replace && contested ? contested.seen : baseRevision;
    if (item.head && item.head.data.revision !== seen) {
      const shown = milestoneForm(form.id, item, typed);
      const answer = { outcome: 'contested' as const, form: shown, theirs: item.head.data };
      return { answer, session: here, changes: [contestForm(form, item.head.data.revision, typed)] };
    }

    const { asksReason } = milestoneForm(form.id, item, typed);
    const checked = checkMilestoneUpdate({ typed, milestone: item.milestone, asksReason, today: here.today });
    if (!checked.ok) {
      const asked = milestoneForm(form.id, item, typed, checked.faults);
      return { answer: { outcome: 'asked', form: asked }, session: here, changes: [] };
    }

    const update: MilestoneUpdate = {
      milestone: item.milestone.ref,
      plan: item.plan.ref,
      revision: (item.head?.data.revision ?? 0) + 1,
      ...checked.values,
      submittedBy: here.actor.person.id,
      submittedAt: here.now,
      source: 'form',
    };
    const given = await milestoneReceipt(deps, item, update, reportWith(item, update));
    const id = item.milestone.ref;
    const changes = [
      keep(item.head, id, update),
      { change: 'create', kind: 'milestone-update-revision', id: `${id}#${update.revision}`, data: update },
      useForm(form, update.revision, given),
      ...(await digestsToRefresh(deps, here, item.plan)),
    ] satisfies Change[];
    return { answer: { outcome: 'kept', receipt: given }, session: here, changes };
  });
}

const keep = (head: Stored<'milestone-update'> | null, id: string, data: MilestoneUpdate): Change =>
  head
    ? { change: 'replace', kind: 'milestone-update', id, version: head.version, data }
    : { change: 'create', kind: 'milestone-update', id, data };

/** The plan's report in the current period, as it will be once this update is kept. */
function reportWith({ session, plan, parts }: MilestoneItem, update: MilestoneUpdate) {
  const { settings, today } = session;
  const others = parts.milestoneUpdates.filter(({ milestone }) => milestone !== update.milestone);
  const period = currentPeriod(settings.year, today, settings.calendar);
  return buildReport({ plan, ...parts, milestoneUpdates: [...others, update], settings, today, period });
}
