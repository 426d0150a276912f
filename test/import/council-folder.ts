import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CouncilFolder, readCouncilFolder } from '../../src/import/read-council-folder.ts';

/** The moment at which the tests read their folders. */
export const now = '2009-11-16T10:00:00Z';

/** A small council without a fault, with every table. Row 1 of each is its headings. */
export const council = {
  'council.json': JSON.stringify({
    name: 'Testshire County Council',
    tenantId: '6b1f0d5e-2009-4010-8a38-00000000000a',
    year: '2009/10',
    directorates: [
      { ref: 'ENV', name: 'Environment' },
      { ref: 'SOC', name: 'Social Services' },
    ],
    portfolios: [
      { ref: 'highways', name: 'Highways and Waste', directorates: ['ENV'] },
      { ref: 'care', name: 'Adult Care', directorates: ['SOC'] },
    ],
  }),
  'people.csv': `email,name,roles,portfolios,entra_object_id
ann.head@testshire.example,Ann Head,head-of-service;manager,,
ben.manager@testshire.example,Ben Manager,manager,,6b1f0d5e-0000-4000-8000-00000000000b
cllr.cole@testshire.example,Cllr Cole,cabinet-member,highways,
`,
  'plans.csv': `ref,title,tier,directorate,parent,portfolio,head_of_service,classification,units
ENVD,Environment,directorate,ENV,,,,,
HWY,Highways,service,ENV,ENVD,highways,ann.head@testshire.example,unrestricted,Roads;Street Lighting
CARE,Adult Care,service,SOC,,care,,exempt,
`,
  'kpis.csv': `ref,plan,title,kind,unit,polarity,frequency,year_to_date,accountable_manager,target,floor,method,green_within,amber_within,range_low,range_high,core
HWY-01,HWY,Potholes mended in time,target,percent,higher,quarterly,ratio,ben.manager@testshire.example,95,90,,,,,,yes
HWY-02,HWY,Days to mend a street light,target,days,lower,monthly,average,ben.manager@testshire.example,5,,relative,,10,,,no
HWY-03,HWY,Calls about roads,activity,number,,quarterly,sum,,,,,,,1000,1500,
CARE-01,CARE,Reviews done,target,percent,higher,quarterly,latest,ben.manager@testshire.example,70,,relative,,10,,,
CARE-02,CARE,Satisfaction,target,number,higher,annual,latest,,Top quartile,,,,,,,
CARE-03,CARE,Inspection passed,target,yes-no,higher,annual,latest,,yes,,,,,,,
`,
  'kpi_targets.csv': `kpi,period,target,floor
HWY-01,2009/10 Q1,90,85
HWY-01,2009/10 Q2,92,87
`,
  'projects.csv': `ref,plan,title,nature,accountable_manager,start,due,capital
HWY-P1,HWY,New depot,new,ben.manager@testshire.example,2009-04-01,2010-03-31,yes
`,
  'milestones.csv': `ref,project,title,accountable_manager,start,due
HWY-P1-M1,HWY-P1,Site bought,,2009-04-01,2009-06-30
HWY-P1-M2,HWY-P1,Depot built,ben.manager@testshire.example,2009-07-01,2010-03-31
HWY-P1-M3,HWY-P1,Old depot sold,,,2010-03-31
`,
  'kpi_updates.csv': `kpi,period,result,numerator,denominator,provisional,unavailable_reason,forecast,commentary,action,submitted_by,submitted_at
HWY-01,2009/10 Q1,,880,1000,,,,,,ben.manager@testshire.example,2009-07-10T09:00:00Z
HWY-01,2009/10 Q2,91.2,,,yes,,94,"Wet weather, then frost",Two more gangs by 1 December 2009,ben.manager@testshire.example,2009-10-12
HWY-02,2009/10 M06,5.2,,,,,,,,,
HWY-03,2009/10 Q2,1600,,,,,,,,,
CARE-01,2009/10 Q2,61.54,,,,,,Staff shortage,Agency staff from October,,
CARE-01,2008/09 Q2,66,,,,,,,,,
HWY-02,2009/10 M05,,,,,Contractor sent no figures,,,,,
`,
  'milestone_updates.csv': `milestone,state,percent_complete,forecast,completed,commentary,submitted_by,submitted_at,decision_reference,decided_by,decided_on
HWY-P1-M1,complete,100,,2009-07-03,,ben.manager@testshire.example,2009-07-10,,,
HWY-P1-M3,deferred,0,2011-03-31,,Market is poor,,,Minute 42,Cabinet,2009-09-14
`,
  'engagements.csv': `plan,name,start,end,feedback,statutory
HWY,Residents' survey,2009-06-01,2009-07-31,2009-10-30,no
`,
};
export type FileName = keyof typeof council;

/** Files to write: text in UTF-8, bytes as they are, null for none; whatever isn't named is as above. */
export type Files = Partial<Record<string, string | Uint8Array | null>>;

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty directory that is gone after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-import-'));
  temporary.push(folder);
  return folder;
}

/** Writes a council folder to a temporary directory and gives its path. */
export function writeFolder(files: Files = {}): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({ ...council, ...files })) {
    if (content !== null && content !== undefined) writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** One file with a text replaced; fails when the text isn't there, so that no test passes by a slip. */
export function changed(file: FileName, ...replacements: [from: string, to: string][]): Files {
  let text: string = council[file];
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${file} has no “${from}”`);
    text = text.replace(from, () => to);
  }
  return { [file]: text };
}

/** One file with rows added at its end. */
export const added = (file: FileName, ...rows: string[]): Files => ({
  [file]: `${council[file]}${rows.join('\n')}\n`,
});

export const read = (files: Files = {}): Promise<CouncilFolder> => readCouncilFolder(writeFolder(files), now);

/** What is read of a folder that must have no fault. */
export async function readSound(files: Files = {}) {
  const folder = await read(files);
  if (!folder.ok) throw new Error(JSON.stringify(folder.faults, null, 2));
  return folder.data;
}

/** council.json with something changed in it. */
export function councilWith(change: (settings: ReturnType<typeof JSON.parse>) => void): Files {
  const settings = JSON.parse(council['council.json']);
  change(settings);
  return { 'council.json': JSON.stringify(settings) };
}
