import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CalendarSettings } from '../../src/domain/council.ts';
import type { Kpi } from '../../src/domain/kpi.ts';
import type { Person } from '../../src/domain/people.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Change } from '../../src/store/store.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { openSession, type Session } from '../../src/usecases/session.ts';
import { aKpi, anUpdate, aPlan, council } from '../domain/examples.ts';
import { person } from './bot.ts';

export const tenant = 'tenant';
const year = { tenant, year: '2009/10' };
const register = { tenant, year: null };

/** A plan of `head` with one monthly and one quarterly KPI for each manager, in a real SQLite file. */
export async function openSmallCouncil(
  managers: readonly string[],
  calendar: Partial<CalendarSettings> = {},
  people: Record<string, Partial<Person>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-small-'));
  const store = openSqliteStore({ file: join(folder, 'small.db') });
  let now = '2009-04-01T08:00:00.000Z';
  let ids = 0;
  const deps: Deps = { store, now: () => now, wallNow: () => now, newId: () => `id-${++ids}` };
  const at = { serviceUrl: 'http://127.0.0.1/' };
  const staff = [
    ...managers.map((id) => person(id)),
    person('head', { roles: ['head-of-service'] }),
    person('officer', { roles: ['performance-officer'] }),
  ].map((each) => ({ ...each, conversation: { id: `chat-${each.id}`, ...at }, ...people[each.id] }));
  await store.write(register, [
    {
      change: 'create',
      kind: 'council',
      id: 'council',
      data: { tenantId: tenant, name: 'Example', years: ['2009/10'] },
    },
    ...staff.map((data): Change => ({ change: 'create', kind: 'person', id: data.id, data })),
  ]);
  const kpis = managers.flatMap((accountableManager) =>
    (['monthly', 'quarterly'] as const).map((frequency) =>
      aKpi({ ref: `${accountableManager}-${frequency}`, frequency, accountableManager }),
    ),
  );
  const settings = { ...council, calendar: { ...council.calendar, ...calendar } };
  await store.write(year, [
    { change: 'create', kind: 'settings', id: 'settings', data: settings },
    { change: 'create', kind: 'plan', id: aPlan.ref, data: { ...aPlan, headOfService: 'head' } },
    ...kpis.map((data): Change => ({ change: 'create', kind: 'kpi', id: data.ref, data })),
  ]);
  return {
    deps,
    settings,
    kpis,
    setNow: (instant: string) => {
      now = instant;
    },
    /** Gives a figure as a form would; false when it was given before. */
    async give(kpi: string, period: string): Promise<boolean> {
      const data = anUpdate(kpis.find(({ ref }) => ref === kpi)!, period, { result: '96', submittedAt: now });
      const id = `${kpi}@${period}`;
      return (await store.write(year, [{ change: 'create', kind: 'kpi-update', id, data }])).ok;
    },
    /** Someone at work, as the bot would find them now. */
    async as(id: string): Promise<Session> {
      const { data } = (await store.read(register, 'person', id))!;
      return openSession(deps, tenant, data, 'test');
    },
    /** Adds a KPI as an import would. */
    async load(ref: string, accountableManager: string, frequency: Kpi['frequency']): Promise<void> {
      const data = aKpi({ ref, frequency, accountableManager });
      if ((await store.write(year, [{ change: 'create', kind: 'kpi', id: ref, data }])).ok) kpis.push(data);
    },
    given: async () => new Set((await store.list(year, 'kpi-update')).map(({ id }) => `kpi/${id}`)),
    async amend(id: string, over: Partial<Person>): Promise<void> {
      const { data, version } = (await store.read(register, 'person', id))!;
      await store.write(register, [
        { change: 'replace', kind: 'person', id, version, data: { ...data, ...over } },
      ]);
    },
    deliveries: () => store.list(register, 'delivery'),
    async close(): Promise<void> {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type SmallCouncil = Awaited<ReturnType<typeof openSmallCouncil>>;
