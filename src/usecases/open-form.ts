import { type ItemId, parseItemId } from '../domain/due-items.ts';
import type { KpiUpdate, ResultRating } from '../domain/kpi.ts';
import { startOfYear } from '../domain/periods.ts';
import type { DataOf } from '../store/documents.ts';
import type { Partition } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { goneItem, type KpiItem, loadKpiItem, needsReason } from './kpi-item.ts';
import { loadMilestoneItem, type MilestoneItem } from './milestone-item.ts';
import type { Session } from './session.ts';

/** What is typed in a form, by field, exactly as typed. */
export type Typed = Record<string, string>;
/** A sentence per field that is wrong. */
export type Faults = Record<string, string>;

type FormOf<Item> = {
  /** The nonce that the card carries. */
  form: string;
  item: Item;
  typed: Typed;
  faults: Faults;
  /** Whether a reason for the change is asked for, because there is an earlier figure or the period is locked. */
  asksReason: boolean;
};

export type KpiForm = FormOf<KpiItem> & {
  kind: 'kpi';
  /** The newest result of an earlier period. */
  last: KpiUpdate | null;
  /** Set when the result that was typed comes out Amber or Red and the form comes back for commentary. */
  soFar: { rating: ResultRating; because: string } | null;
};
export type MilestoneForm = FormOf<MilestoneItem> & { kind: 'milestone' };

/**
 * Hands out a form for one item: prefilled when there is something to correct. Throws `Refused` when the item
 * is gone, not this person's, not open yet or locked.
 */
export async function openForm(deps: Deps, session: Session, id: ItemId): Promise<KpiForm | MilestoneForm> {
  const kind = parseItemId(id)?.kind;
  if (kind === 'kpi') {
    const item = await loadKpiItem(deps, session, id);
    const { kpi, period } = item;
    const nonce = await issue(deps, item, { kind: 'kpi', kpi: kpi.ref, period: period.key });
    return kpiForm(nonce, item, typedBefore(item.head?.data));
  }
  if (kind === 'milestone') {
    const item = await loadMilestoneItem(deps, session, id);
    const { milestone, period } = item;
    const nonce = await issue(deps, item, {
      kind: 'milestone',
      milestone: milestone.ref,
      period: period.key,
    });
    return milestoneForm(nonce, item, milestoneTyped(item));
  }
  throw goneItem();
}

/** A KPI's form as it is shown, first or again. */
export function kpiForm(
  form: string,
  item: KpiItem,
  typed: Typed,
  faults: Faults = {},
  soFar: KpiForm['soFar'] = null,
): KpiForm {
  const { session, kpi, head, dates, period, parts } = item;
  const asksReason = needsReason(session, kpi.accountableManager, dates, head !== null);
  const earlier = parts.updates.filter(
    (update) => update.kpi === kpi.ref && update.result !== null && update.period < period.key,
  );
  const last = earlier.sort((a, b) => (a.period < b.period ? 1 : -1))[0] ?? null;
  return { kind: 'kpi', form, item, typed, faults, soFar, asksReason, last };
}

/** A milestone's form as it is shown, first or again. */
export const milestoneForm = (
  form: string,
  item: MilestoneItem,
  typed: Typed,
  faults: Faults = {},
): MilestoneForm => ({
  kind: 'milestone',
  form,
  item,
  typed,
  faults,
  asksReason: item.session.today > item.dates.locks,
});

/** The year's partition that a form is kept in, told by its id; null when the id is none of ours. */
export function partitionOfForm({ tenant, years }: Session, form: unknown): Partition | null {
  const year = typeof form === 'string' && years.find((name) => form.startsWith(`${name.slice(0, 4)}.`));
  return year ? { tenant, year } : null;
}

/** How long a form can be sent, and its receipt be asked for again, before the worker clears it away. */
const lifetimeDays = 30;

/** When the worker may clear a form away. */
export const formExpiry = ({ wallNow }: Deps): string =>
  new Date(Date.parse(wallNow()) + lifetimeDays * 24 * 3_600_000).toISOString();

async function issue(
  deps: Deps,
  { session, head }: KpiItem | MilestoneItem,
  item: DataOf<'form'>['item'],
): Promise<string> {
  const nonce = `${startOfYear(session.settings.year)}.${deps.newId()}`;
  const data: DataOf<'form'> = {
    person: session.actor.person.id,
    item,
    baseRevision: head?.data.revision ?? 0,
    issuedAt: session.now,
    used: null,
    contested: null,
  };
  const dueAt = formExpiry(deps);
  await deps.store.write(session.year, [{ change: 'create', kind: 'form', id: nonce, data, dueAt }]);
  return nonce;
}

const yes = (is: boolean) => (is ? 'true' : 'false');

function typedBefore(update: KpiUpdate | undefined): Typed {
  if (!update) return {};
  return {
    result: update.result ?? '',
    numerator: update.numerator ?? '',
    denominator: update.denominator ?? '',
    provisional: yes(update.provisional),
    unavailable: yes(update.unavailable !== null),
    unavailableReason: update.unavailable?.reason ?? '',
    expected: update.unavailable?.expected ?? '',
    forecast: update.forecast ?? '',
    commentary: update.commentary,
    action: update.action,
    actionBy: update.actionBy ?? '',
    dataAge: update.dataAge ?? '',
  };
}

function milestoneTyped({ head }: MilestoneItem): Typed {
  if (!head) return {};
  const { state, percentComplete, forecast, completed, commentary, decision } = head.data;
  return {
    state,
    percentComplete: percentComplete === null ? '' : String(percentComplete),
    forecast: forecast ?? '',
    completed: completed ?? '',
    commentary,
    decisionBy: decision?.by ?? '',
    decisionOn: decision?.on ?? '',
    decisionReference: decision?.reference ?? '',
  };
}
