import type { DigestContent } from './digest-content.ts';
import type { PlanReport, PlanStatus } from './report.ts';
import { cut } from './typed-text.ts';
import { plural, statusWords } from './words.ts';

const plansNamed = 3;

const have = (count: number) => (count === 1 ? 'has' : 'have');
const are = (count: number) => (count === 1 ? 'is' : 'are');

/** `a`, `a and b`, `a, b and c`. */
const joined = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** The plans by name, as long as they are few. */
function namesOf(reports: PlanReport[]): string {
  const titles = reports.slice(0, plansNamed).map(({ plan }) => cut(plan.title, 80));
  const others = reports.length - titles.length;
  return joined(others > 0 ? [...titles, others === 1 ? '1 other' : `${others} others`] : titles);
}

function asThingsStand(reports: readonly PlanReport[]): string {
  const having = (status: PlanStatus) => reports.filter((report) => report.status === status).length;
  const off = having('off-target');
  const risk = having('at-risk');
  const of = plural(reports.length, 'plan');
  if (reports.length === 0) return 'there are no plans to report here';
  if (having('not-reported') === reports.length) return `nothing has been reported yet for ${of}`;
  if (reports.length === 1) return `the one plan is ${statusWords[reports[0]!.status].word.toLowerCase()}`;
  if (off + risk === 0) return `none of ${of} is off target or at risk`;
  const offTarget = off === 0 ? `none of ${of} is` : `${off} of ${of} ${are(off)}`;
  return `${offTarget} off target and ${risk === 0 ? 'none is' : `${risk} ${are(risk)}`} at risk`;
}

function moves(reports: readonly PlanReport[], before: DigestContent['standing']): string[] {
  const was = ({ plan }: PlanReport) => (Object.hasOwn(before, plan.ref) ? before[plan.ref] : undefined);
  const off = reports.filter(({ status }) => status === 'off-target');
  const gone = off.filter((report) => was(report) !== 'off-target');
  const left = reports.filter((report) => report.status !== 'off-target' && was(report) === 'off-target');
  const silent = left.filter(({ status }) => status === 'not-reported');
  const back = left.filter(({ status }) => status !== 'not-reported');
  const still = off.length - gone.length;
  return [
    gone.length > 0 ? `${namesOf(gone)} ${have(gone.length)} gone off target` : '',
    back.length > 0 ? `${namesOf(back)} ${are(back.length)} no longer off target` : '',
    silent.length > 0 ? `${namesOf(silent)} ${have(silent.length)} not been reported since` : '',
    gone.length + left.length > 0 && still > 0
      ? `${plural(still, 'plan')} ${are(still)} still off target`
      : '',
  ].filter((part) => part !== '');
}

/**
 * What changed since the digest before, in one sentence; how things stand where there was none, or where
 * nothing had been reported in it.
 */
export function headline(
  reports: readonly PlanReport[],
  period: string,
  previous: DigestContent | null,
): string {
  const standing = asThingsStand(reports);
  const told = previous !== null && previous.statuses['not-reported'] < previous.plans;
  if (!told) return `${standing[0]!.toUpperCase()}${standing.slice(1)}.`;
  const since = previous.period === period ? previous.asAt : previous.periodName;
  const moved = moves(reports, previous.standing);
  if (moved.length > 0) return `Since ${since}, ${joined(moved)}.`;
  return `Since ${since}, no plan has gone off target or come back: ${standing}.`;
}
