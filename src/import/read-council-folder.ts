import type { YearSettings } from '../domain/council.ts';
import type { Kpi } from '../domain/kpi.ts';
import { dateAt } from '../domain/local-time.ts';
import type { Milestone, Project } from '../domain/project.ts';
import type { CouncilData } from '../usecases/import-council/council-data.ts';
import { requiredTables, type TableName, tableNames } from './columns.ts';
import { readCouncilJson } from './council-json.ts';
import { type Fault, inReadingOrder } from './fault.ts';
import { type CouncilFiles, openCouncilFolder } from './folder.ts';
import { placesOf } from './places.ts';
import { readKpiUpdates } from './read-kpi-updates.ts';
import { readKpis } from './read-kpis.ts';
import { readMilestoneUpdates } from './read-milestone-updates.ts';
import { readPeople } from './read-people.ts';
import { readEngagements, readPlans } from './read-plans.ts';
import { readMilestones, readProjects } from './read-projects.ts';
import { checkRules, readTargets } from './read-targets.ts';
import { noRefs, type Refs } from './refs.ts';
import { openTable, type Row } from './table.ts';

export type CouncilFolder = { ok: true; data: CouncilData } | { ok: false; faults: Fault[] };

/**
 * Reads and checks a council folder (docs, "The council folder"). Either all of it is sound, or every fault is
 * told at once, in the order of the files and rows.
 *
 * @param path the folder, or a workbook with `council.json` beside it
 * @param now an ISO instant: nothing can have been given or completed after it
 */
export async function readCouncilFolder(path: string, now: string): Promise<CouncilFolder> {
  const files = await openCouncilFolder(path);
  const faults = [...files.faults];
  const council = files.council && readCouncilJson(files.council.file, files.council.bytes);
  faults.push(...(council?.faults ?? []));
  const data = readTables(files, council?.settings ?? null, now, faults);
  if (faults.length === 0 && data) return { ok: true, data };
  const order = ['council.json', ...tableNames.map((table) => fileOf(files, table))];
  return { ok: false, faults: inReadingOrder(faults, order) };
}

const fileOf = (files: CouncilFiles, table: TableName) => files.sheets.get(table)?.file ?? `${table}.csv`;

/** Reads the tables in the order in which they refer to each other. Null when the settings couldn't be read. */
function readTables(
  files: CouncilFiles,
  settings: YearSettings | null,
  now: string,
  faults: Fault[],
): CouncilData | null {
  const opened = new Map<TableName, Row[] | null>();
  for (const table of tableNames) {
    const sheet = files.sheets.get(table);
    const rows = sheet ? openTable(table, sheet, faults) : [];
    opened.set(table, files.unreadable.has(table) ? null : rows);
    if (sheet && rows?.length === 0 && requiredTables.includes(table)) {
      faults.push({
        file: sheet.file,
        row: null,
        column: null,
        problem: 'There are headings and no rows.',
        remedy: 'Add a row.',
      });
    }
  }
  const rowsOf = (table: TableName) => opened.get(table) ?? [];
  const refsOf = <T = string>(table: TableName): Refs<T> =>
    noRefs<T>(fileOf(files, table), opened.get(table) !== null);

  const people = refsOf('people');
  const plans = refsOf('plans');
  const kpis = refsOf<Kpi>('kpis');
  const projects = refsOf<Project>('projects');
  const milestones = refsOf<Milestone>('milestones');
  const places = placesOf(settings);
  const timeZone = settings?.timeZone ?? 'Europe/London';
  const moment = { now, today: dateAt(now, timeZone), timeZone };
  const rating = settings?.rating ?? { method: 'relative', greenWithin: '0', amberWithin: '10' };
  const year = settings?.year ?? '';

  const read = {
    people: readPeople(rowsOf('people'), settings?.tenantId ?? '', people, places.portfolios),
    plans: readPlans(rowsOf('plans'), places, people, plans),
    engagements: readEngagements(rowsOf('engagements'), plans),
    kpis: readKpis(rowsOf('kpis'), rating, people, plans, kpis),
    projects: readProjects(rowsOf('projects'), people, plans, projects),
    milestones: readMilestones(rowsOf('milestones'), people, projects, milestones),
  };
  const targetRows = readTargets(rowsOf('kpi_targets'), kpis, year);
  checkRules(read.kpis, rowsOf('kpis'), targetRows, rating);
  const kpiUpdates = readKpiUpdates(rowsOf('kpi_updates'), kpis, people, year, moment);
  const milestoneUpdates = readMilestoneUpdates(rowsOf('milestone_updates'), milestones, people, moment);
  return settings && { settings, ...read, kpiUpdates, milestoneUpdates };
}
