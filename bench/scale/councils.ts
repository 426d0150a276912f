import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Kpi } from '../../src/domain/kpi.ts';
import type { Person } from '../../src/domain/people.ts';
import { openStore } from '../../src/store/open-store.ts';
import { keyFields } from '../../src/store/sqlite/file.ts';
import type { Change, Partition, Store } from '../../src/store/store.ts';
import { settings as anyCouncil, planTitle, year } from '../council-settings.ts';

/** A council as the issue of scale describes it. */
export type Size = { plans: number; kpis: number; managers: number };
export const size: Size = { plans: 100, kpis: 2_000, managers: 500 };
/** The instant at which the bench's councils live: nine in the morning when the first quarter opens. */
export const nine = '2009-07-01T08:00:00.000Z';

const template = 'council-0000';
export const tenantOf = (number: number): string => `council-${String(number).padStart(4, '0')}`;

const make = (kind: Change['kind'], id: string, data: object, dueAt?: string): Change =>
  ({ change: 'create', kind, id, data, dueAt }) as Change;

const managerOf = (number: number): string => `m-${String(number).padStart(3, '0')}`;

const person = (
  id: string,
  name: string,
  roles: Person['roles'],
  conversation: Person['conversation'],
): Person => ({
  id,
  email: `${id}@council.example`,
  name,
  roles,
  portfolios: [],
  entraObjectId: null,
  deputy: null,
  conversation,
});

const kpi = (number: number, { plans, managers }: Size): Kpi => {
  const plan = `P${String((number % plans) + 1).padStart(3, '0')}`;
  return {
    ref: `${plan}-${String(Math.floor(number / plans) + 1).padStart(2, '0')}`,
    plan,
    title: `Requests of type ${number + 1} that were answered within the service standard`,
    kind: 'target',
    type: 'Local indicator',
    unit: 'percent',
    decimals: 1,
    polarity: 'higher',
    frequency: 'quarterly',
    yearToDate: 'latest',
    accountableManager: managerOf(number % managers),
    targetPreviousYear: '78',
    estimatePreviousYear: null,
    target: '80',
    floor: '70',
    method: null,
    greenWithin: null,
    amberWithin: null,
    rangeLow: null,
    rangeHigh: null,
    targets: {},
    strategicPriority: 'Towards 2010 target 12',
    role: 'lead',
    core: true,
    benchmark: '',
    benchmarkSource: '',
    quartile: '',
  };
};

/** Everything of one council: what is its own, and its year. */
function documentsOf(tenant: string, serviceUrl: string, shape: Size): Record<'own' | 'inYear', Change[]> {
  const settings = { ...anyCouncil, tenantId: tenant, notice: '' };
  const managers = Array.from({ length: shape.managers }, (_, at) =>
    person(managerOf(at), `Manager ${at + 1}`, ['manager'], { id: `${tenant}~${managerOf(at)}`, serviceUrl }),
  );
  const plans = Array.from({ length: shape.plans }, (_, at) => ({
    ref: `P${String(at + 1).padStart(3, '0')}`,
    title: planTitle(at),
    tier: 'service',
    directorate: settings.directorates[at % settings.directorates.length]!.ref,
    parent: null,
    portfolio: settings.portfolios[at % settings.portfolios.length]!.ref,
    headOfService: 'head',
    classification: 'unrestricted',
    units: [`${planTitle(at)} front office`],
  }));
  const kpis = Array.from({ length: shape.kpis }, (_, at) => kpi(at, shape));
  return {
    own: [
      make('council', 'council', { tenantId: tenant, name: 'Bench Council', years: [year] }),
      make('cycle', 'cycle', { ranAt: null }, nine),
      ...[...managers, person('head', 'Head of Service', ['head-of-service'], null)].map((each) =>
        make('person', each.id, each),
      ),
    ],
    inYear: [
      make('settings', 'settings', settings),
      ...plans.map((plan) => make('plan', plan.ref, plan)),
      ...kpis.map((each) => make('kpi', each.ref, each)),
    ],
  };
}

/** Writes one council through the store's port. */
export async function writeCouncil(
  store: Store,
  tenant: string,
  serviceUrl: string,
  shape = size,
): Promise<void> {
  const { own, inYear } = documentsOf(tenant, serviceUrl, shape);
  const places: [Partition, Change[]][] = [
    [{ tenant, year: null }, own],
    [{ tenant, year }, inYear],
  ];
  for (const [partition, changes] of places)
    for (let at = 0; at < changes.length; at += 100) {
      const written = await store.write(partition, changes.slice(at, at + 100));
      if (!written.ok) throw new Error(`the council could not be written: ${written.conflict}`);
    }
}

/**
 * Makes a SQLite file with so many councils. One is written through the store; the others are its copies, made by
 * SQLite itself with their own tenant in every place where it is named, which takes a second for ten.
 */
export async function makeCouncils(file: string, count: number, serviceUrl: string): Promise<void> {
  const store = await openStore({ kind: 'sqlite', file });
  await writeCouncil(store, template, serviceUrl);
  await store.close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;');
  const fields = keyFields.join(', ');
  const copy = db.prepare(
    `INSERT INTO document (partition, kind, id, version, schema, data, due_at, ${fields}) ` +
      `SELECT replace(partition, '${template}', ?1), kind, id, version, schema, ` +
      `replace(data, '${template}', ?1), due_at, ${fields} FROM document ` +
      `WHERE partition IN ('${template}', '${template}|' || ?2)`,
  );
  const [pk] = (
    db.prepare("SELECT DISTINCT partition FROM document WHERE kind = 'settings'").all() as {
      partition: string;
    }[]
  ).map(({ partition }) => partition);
  for (let number = 1; number < count; number += 1)
    copy.run(tenantOf(number), pk!.slice(template.length + 1));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** A copy of the file with the first councils of it alone. */
export function withCouncils(from: string, to: string, count: number): void {
  for (const end of ['-wal', '-shm', '']) rmSync(`${to}${end}`, { force: true });
  copyFileSync(from, to);
  const db = new DatabaseSync(to);
  db.exec('PRAGMA synchronous = OFF');
  db.prepare('DELETE FROM document WHERE partition >= ?').run(tenantOf(count));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
