import { Refused } from '../domain/errors.ts';
import type { Period } from '../domain/periods.ts';
import type { Plan } from '../domain/plan.ts';
import type { PlanReport } from '../domain/report.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Deps } from './deps.ts';
import { loadReports, type PlanFilter, seenBy } from './plan-reports.ts';
import { choosePeriod, type OpenYear, type Session } from './session.ts';

/** Which plans are looked through: all, one directorate's or one portfolio's. */
export type Area = { kind: 'council' | 'directorate' | 'portfolio'; ref: string; name: string };

export type OffTargetAnswer = {
  session: OpenYear;
  period: Period;
  area: Area;
  areas: Area[];
  /** Every plan of the area that this person may see, off target first, then at risk. */
  reports: PlanReport[];
};

const severity = { 'off-target': 0, 'at-risk': 1, 'not-reported': 2, 'on-target': 3 };

/** Throws `Refused` `not-found` when `area` names no directorate or portfolio. */
export const listOffTarget = (
  deps: Deps,
  session: Session,
  named: { area?: string; period?: string | null } = {},
): Promise<OffTargetAnswer> => offTargetIn(deps, session, seenBy(session), named);

/** The same for whatever plans may be seen, with no one at work: for the command line. */
export async function offTargetIn(
  deps: Deps,
  year: OpenYear,
  maySee: PlanFilter,
  { area: named, period: periodNamed }: { area?: string; period?: string | null },
): Promise<OffTargetAnswer> {
  const { session: here, period } = await choosePeriod(deps, year, periodNamed);
  const areas = areasOf(here);
  const area = findArea(areas, named);
  const reports = await loadReports(
    deps,
    here,
    period,
    (plan, parts) => isIn(area, plan) && maySee(plan, parts),
  );
  reports.sort((a, b) => severity[a.status] - severity[b.status]);
  return { session: here, period, area, areas, reports };
}

/** The council, its directorates and its portfolios, as choices. */
export function areasOf({ settings }: OpenYear): Area[] {
  return [
    { kind: 'council', ref: '', name: settings.name },
    ...settings.directorates.map(({ ref, name }) => ({ kind: 'directorate' as const, ref, name })),
    ...settings.portfolios.map(({ ref, name }) => ({ kind: 'portfolio' as const, ref, name })),
  ];
}

/** How a choice of area is written on a card. */
export const areaKey = ({ kind, ref }: Area): string => `${kind}:${ref}`;

function findArea(areas: Area[], named?: string): Area {
  const asked = named?.trim() ?? '';
  if (asked === '') return areas[0]!;
  // `portfolio:R`, as a card or the command line's --portfolio says it, is looked for among the portfolios alone.
  const [, kind, called = asked] = /^(council|directorate|portfolio):(.*)$/is.exec(asked) ?? [];
  const wanted = areas.filter((area) => kind === undefined || area.kind === kind.toLowerCase());
  const words = called.toLowerCase();
  const found =
    wanted.find(({ ref, name }) => ref.toLowerCase() === words || name.toLowerCase() === words) ??
    wanted.find(({ name }) => words !== '' && name.toLowerCase().includes(words));
  if (found) return found;
  const names = (kind ? wanted : areas.slice(1)).map(({ ref, name }) => (ref ? `${name} (${ref})` : name));
  const what = kind?.toLowerCase() ?? 'directorate or portfolio';
  const choices = names.length > 0 ? ` There are: ${names.join('; ')}.` : '';
  throw new Refused('not-found', `I don’t know the ${what} ${quoted(called)}.${choices}`);
}

const isIn = ({ kind, ref }: Area, plan: Plan): boolean =>
  kind === 'council' || (kind === 'directorate' ? plan.directorate === ref : plan.portfolio === ref);
