import type { Place } from './access.ts';
import type { MoveWhy } from './calendar-rows.ts';
import type { DigestContent, DigestException } from './digest-content.ts';
import type { KpiUpdate } from './kpi.ts';
import type { MilestoneUpdate } from './project.ts';

/**
 * Whether what a named person wrote may be shown, and who they are. The one place where it is decided. In the
 * pre-election period it is shown to someone alone with the bot, whose work goes on, and to nobody else.
 *
 * @param where where someone is at work; null where no one is, as in a digest or a paper, which anybody may read
 */
export const mayQuote = (preElection: boolean, where: Place | null): boolean =>
  !preElection || where === 'private';

/** Why a card in a channel shows no words. */
export const quotesElsewhere =
  'Pre-election period: what people wrote is shown only in your own chat with me.';

/** Why a paper has no words. */
export const quotesLeftOut = 'Pre-election period: what people wrote is left out of this paper.';

/** What a figure is said to be for, where the manager’s words for another period are left out. */
const anotherPeriod = 'another period';

/** A figure as it may be told in the pre-election period: everything but words, and who gave it. */
export const unquotedKpiUpdate = (update: KpiUpdate): KpiUpdate => ({
  ...update,
  commentary: '',
  action: '',
  actionBy: null,
  dataAge: update.dataAge && anotherPeriod,
  reason: null,
  submittedBy: null,
  unavailable: update.unavailable && { ...update.unavailable, reason: '' },
  rating: {
    ...update.rating,
    override: update.rating.override && { ...update.rating.override, reason: '', approvedBy: '' },
  },
});

/** The same for a milestone. Of a decision its date stays. */
export const unquotedMilestoneUpdate = (update: MilestoneUpdate): MilestoneUpdate => ({
  ...update,
  commentary: '',
  reason: null,
  submittedBy: null,
  decision: update.decision && { ...update.decision, by: '', reference: '' },
});

/** A move of a period's dates, without why and by whom they were moved. */
export const unquotedMove = <M extends MoveWhy>({ reason, by, ...told }: M): Omit<M, keyof MoveWhy> => told;

/** What a change is told by without the reason that someone gave for it. */
export const withoutReason = (change: string): string => change.replace(/\. Reason: .*$/s, '');

/** The same for a rating that was approved by hand, and for a figure that is not there. */
const withoutWhy = (because: string): string =>
  because
    .replace(/(Shown as \w+ instead of [^:]+): .*$/s, '$1')
    .replace(/(Not available): .*?(; expected by \d{1,2} \w+ \d{4})?$/s, '$1$2');

const unquoted = (exception: DigestException): DigestException => ({
  ...exception,
  because: withoutWhy(exception.because),
  dataAge: exception.dataAge && anotherPeriod,
  commentary: null,
  action: null,
  saidBy: null,
});

/** A digest that was composed with quotes as the pre-election period shows it: nothing that a named person wrote. */
export const withoutQuotes = (content: DigestContent): DigestContent => ({
  ...content,
  groups: content.groups.map((group) => ({ ...group, exceptions: group.exceptions.map(unquoted) })),
  atRisk: content.atRisk.map((plan) => ({ ...plan, lines: plan.lines.map(withoutWhy) })),
  ...(content.changes && {
    changes: content.changes.map((change) => ({ ...change, text: withoutReason(change.text) })),
  }),
  preElection: true,
});
