import { areaKey, listOffTarget } from '../../usecases/list-off-target.ts';
import type { Session } from '../../usecases/session.ts';
import { offTargetCard } from '../cards/off-target.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn, textIn } from './at-work.ts';

/** The plans that are off target or at risk: the council's, a directorate's or a portfolio's. */
export const offTarget =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session, area: string | undefined, page: number): Promise<Answer> => {
      const found = await listOffTarget(deps, session, { area });
      return offTargetCard({
        ...footOf(deps, found.session),
        scopeName: found.area.name,
        scope: areaKey(found.area),
        scopes: found.areas.map((each) => ({ title: each.name, value: areaKey(each) })),
        period: found.period,
        reports: found.reports,
        page,
      });
    };
    router.text(
      'off-target',
      /^off[ -]?target\b\s*(?:in\s+|for\s+)?(.*)$/i,
      onText(deps, (session, _turn, match) => show(session, match[1] || ownArea(session), 1)),
    );
    router.verb(
      'off-target',
      onVerb(deps, (session, turn) => show(session, textIn(turn, 'scope') ?? ownArea(session), pageIn(turn))),
    );
  };

/** A Cabinet Member starts with the one portfolio that is theirs, everyone else with the council. */
const ownArea = ({ actor: { person } }: Session): string | undefined =>
  person.roles.includes('cabinet-member') && person.portfolios.length === 1
    ? `portfolio:${person.portfolios[0]}`
    : undefined;
