import { classifications, type Engagement, type Plan, tiers } from '../domain/plan.ts';
import { date, fault, list, mustBeInOrder, oneOf, required, text, yesNo } from './cells.ts';
import type { Places } from './places.ts';
import { define, lookUp, mustLookUp, noRefs, ownRef, type Refs } from './refs.ts';
import type { Row } from './table.ts';

/** Reads plans.csv; `plans` gains their refs. */
export function readPlans(rows: readonly Row[], places: Places, people: Refs, plans: Refs): Plan[] {
  const refs = rows.map((row) => {
    const ref = ownRef(row);
    define(plans, row, 'ref', ref, ref);
    return ref;
  });
  const read = rows.map((row, at): Plan => {
    const directorate = lookUp(places.directorates, row, 'directorate') ?? '';
    return {
      ref: refs[at]!,
      title: required(row, 'title'),
      tier: oneOf(row, 'tier', tiers, 'service'),
      directorate,
      parent: lookUp(plans, row, 'parent'),
      portfolio: lookUp(places.portfolios, row, 'portfolio') ?? places.portfolioOf.get(directorate) ?? '',
      headOfService: lookUp(people, row, 'head_of_service'),
      classification: oneOf(row, 'classification', classifications, 'unrestricted'),
      units: list(row, 'units'),
    };
  });
  checkParents(read, rows);
  return read;
}

/** A plan can't be above itself. Each circle is told once, at the first of its rows. */
function checkParents(plans: readonly Plan[], rows: readonly Row[]): void {
  const parents = new Map(plans.map(({ ref, parent }) => [ref, parent]));
  const told = new Set<string>();
  for (const [at, { ref }] of plans.entries()) {
    const way = [ref];
    let above = parents.get(ref) ?? null;
    while (above !== null && !way.includes(above)) {
      way.push(above);
      above = parents.get(above) ?? null;
    }
    if (above !== ref || told.has(ref)) continue;
    for (const member of way) told.add(member);
    const circle = [...way, ref].join(' → ');
    fault(
      rows[at]!,
      'parent',
      `The plans lead back to themselves: ${circle}.`,
      'Leave parent empty for the plan at the top.',
    );
  }
}

/** Reads engagements.csv: the resident involvement that plans announce. */
export function readEngagements(rows: readonly Row[], plans: Refs): Engagement[] {
  const seen = noRefs('engagements', true);
  return rows.map((row): Engagement => {
    const engagement = {
      plan: mustLookUp(plans, row, 'plan') ?? '',
      name: required(row, 'name'),
      start: date(row, 'start'),
      end: date(row, 'end'),
      feedback: date(row, 'feedback'),
      targetGroup: text(row, 'target_group'),
      targetArea: text(row, 'target_area'),
      summary: text(row, 'summary'),
      purpose: text(row, 'purpose'),
      statutory: yesNo(row, 'statutory'),
      type: text(row, 'type'),
      contactName: text(row, 'contact_name'),
      contactEmail: text(row, 'contact_email'),
      contactPhone: text(row, 'contact_phone'),
    };
    mustBeInOrder(row, { column: 'start', date: engagement.start }, { column: 'end', date: engagement.end });
    define(seen, row, 'name', `${engagement.plan}: ${engagement.name} ${engagement.start ?? ''}`.trim(), '');
    return engagement;
  });
}
