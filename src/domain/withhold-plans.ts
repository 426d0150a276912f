import type { DigestContent } from './digest-content.ts';
import { plural } from './words.ts';

/**
 * A page of a digest without what it says of some plans, for readers who may not see them (any more). Its headline
 * and totals told of those plans too, so they go as well. The same page when there are none.
 */
export function withholdPlans(content: DigestContent, hidden: ReadonlySet<string>): DigestContent {
  if (hidden.size === 0) return content;
  const isShown = ({ ref }: { ref: string }) => !hidden.has(ref);
  const { changes: _changes, earlierChanges: _earlier, ...rest } = content;
  return {
    ...rest,
    headline: `${plural(hidden.size, 'plan that was shown here', 'plans that were shown here')} may not be seen here now, so the totals are left out.`,
    plans: 0,
    statuses: { 'off-target': 0, 'at-risk': 0, 'on-target': 0, 'not-reported': 0 },
    kpis: 0,
    counts: Object.fromEntries(Object.keys(content.counts).map((key) => [key, 0])) as DigestContent['counts'],
    provisional: 0,
    leftOut: content.leftOut + hidden.size,
    groups: content.groups
      .filter(({ plan }) => plan === null || isShown(plan))
      .map((group) => ({ ...group, exceptions: group.exceptions.filter(({ plan }) => isShown(plan)) }))
      .filter(({ plan, exceptions }) => plan !== null || exceptions.length > 0),
    atRisk: content.atRisk.filter(isShown),
    missing: content.missing.filter(isShown),
    standing: Object.fromEntries(Object.entries(content.standing).filter(([ref]) => !hidden.has(ref))),
  };
}
