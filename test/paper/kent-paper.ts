import { composePaper } from '../../src/paper/compose-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { loadReports } from '../../src/usecases/plan-reports.ts';
import { choosePeriod } from '../../src/usecases/session.ts';
import { openKent } from '../support/kent.ts';

/** The sample council's paper of quarter 2: of every plan that is not exempt, or of one. */
export async function kentPaper(plan?: string): Promise<Paper> {
  const kent = await openKent();
  try {
    const clerk = await kent.as('Grace Adeyemi');
    const { session, period } = await choosePeriod(kent.deps, clerk, '2009/10 Q2');
    const reports = await loadReports(kent.deps, session, period, ({ ref, classification }) =>
      plan ? ref === plan : classification === 'unrestricted',
    );
    const { settings, today, nameOf } = session;
    const scope = plan ? 'plan' : 'all';
    return composePaper({
      settings,
      period,
      today,
      scope,
      reports,
      lateMilestones: [],
      leftOut: 0,
      quotes: true,
      nameOf,
    });
  } finally {
    await kent.close();
  }
}
