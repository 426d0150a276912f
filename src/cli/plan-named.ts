import { findPlans } from '../domain/find-plans.ts';
import type { Deps } from '../usecases/deps.ts';
import type { OpenYear } from '../usecases/session.ts';
import { Ended, exitCodes } from './terminal.ts';

/** The ref of the plan that these words name. Throws `Ended` with the nearest names when none or several do. */
export async function planNamed(
  { store }: Deps,
  { year, settings }: OpenYear,
  words: string,
): Promise<string> {
  const plans = (await store.list(year, 'plan')).map(({ data }) => data);
  const found = findPlans(plans, settings.directorates, words);
  if (found.kind === 'one') return found.plan.ref;
  const near = found.kind === 'several' ? found.plans : found.nearest;
  const names = near.map(({ ref, title }) => `\n  ${ref}  ${title}`).join('');
  const problem =
    found.kind === 'several' ? `Several plans match “${words}”` : `No plan is called “${words}”`;
  const choices = names || '\nplanwatch status shows every plan.';
  throw new Ended(exitCodes.fault, `${problem}${names ? ':' : '.'}${choices}`);
}
