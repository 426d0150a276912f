import type { Store } from '../../src/store/store.ts';
import { openForm } from '../../src/usecases/open-form.ts';
import { openSession } from '../../src/usecases/session.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { depsOf, ofCouncil, tenant } from './loading.ts';

/** Gives or corrects a figure as Ben Manager does in Teams, on 20 October 2009. */
export async function giveInTeams(store: Store, id: string, result: string): Promise<void> {
  const deps = { ...depsOf(store, '2009-10-20T09:00:00Z'), newId: () => crypto.randomUUID() };
  const [ben] = await store.list(ofCouncil, 'person', { name: 'Ben Manager' });
  const session = await openSession(deps, tenant, ben!.data, 'a-turn');
  const { form } = await openForm(deps, session, `kpi/${id}`);
  const given = await submitKpiUpdate(deps, session, { form, result, reason: 'A slip' });
  if (given.outcome !== 'kept') throw new Error(JSON.stringify(given));
}
