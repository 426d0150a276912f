import { added, changed, council, councilWith, type Files, read } from './council-folder.ts';

/** Where the one fault must be, and what its sentences must say. */
type Expected = [file: string, row: number | null, column: string | null, says: RegExp];

const updates = (row: string): Files => added('kpi_updates.csv', row);
const milestoneUpdate = (row: string): Files =>
  changed('milestone_updates.csv', [
    'HWY-P1-M1,complete,100,,2009-07-03,,ben.manager@testshire.example,2009-07-10,,,',
    row,
  ]);

/** Every table that would be left without the plan it belongs to. */
const withoutPlans: Files = Object.fromEntries(
  ['kpis', 'kpi_targets', 'projects', 'milestones', 'kpi_updates', 'milestone_updates', 'engagements'].map(
    (table) => [`${table}.csv`, null],
  ),
);

// biome-ignore format: one fault a line reads as the table it is
const cases: Record<string, [Files, ...Expected][]> = {
  'the folder': [
    [{ 'council.json': null }, 'council.json', null, null, /missing.*Put it in the folder/],
    [{ 'people.csv': null }, 'people.csv', null, null, /missing/],
    [{ 'plans.csv': null }, 'plans.csv', null, null, /missing/],
    [{ 'kpi.csv': 'ref\nA\n' }, 'kpi.csv', null, null, /not a table.*Did you mean “kpis”\?/],
    [{ 'engagements.csv': '' }, 'engagements.csv', null, null, /empty.*headings in row 1, or delete it/],
    [{ 'engagements.csv': ' \r\n\r\n' }, 'engagements.csv', null, null, /empty/],
    [{ 'plans.csv': 'ref,title\n', ...withoutPlans }, 'plans.csv', null, null, /no rows/],
  ],
  'the text of a file': [
    [
      { 'plans.csv': Buffer.from(council['plans.csv'].replace('Adult Care', 'Caf\xe9s'), 'latin1') },
      'plans.csv', 4, null, /not saved in UTF-8: row 4 reads “Caf\ufffds”.*CSV UTF-8/,
    ],
    [
      { 'plans.csv': Buffer.from(`\ufeff${council['plans.csv']}`, 'utf16le') },
      'plans.csv', null, null, /UTF-16.*CSV UTF-8/,
    ],
    [{ 'plans.csv': Buffer.from('PK\x03\x04rest') }, 'plans.csv', null, null, /workbook.*renamed/],
    [changed('plans.csv', ['Adult Care', '"Adult Care']), 'plans.csv', 4, null, /quotation mark is opened.*never closed.*twice/],
    [changed('plans.csv', ['Adult Care', '"Adult" Care']), 'plans.csv', 4, null, /quotation mark stands inside/],
    [changed('plans.csv', ['Adult Care', 'A 6" pipe']), 'plans.csv', 4, null, /"a 6"" pipe"/],
    [{ 'plans.csv': council['plans.csv'].replaceAll(',', ';') }, 'plans.csv', 1, null, /not separated by commas.*Comma delimited/],
    [changed('plans.csv', ['HWY,Highways,', 'HWY,Highways, Roads,']), 'plans.csv', 3, null, /10 cells and there are 9 headings.*missing comma/],
    [added('plans.csv', 'LIB,Libraries'), 'plans.csv', 5, null, /2 cells and there are 9 headings/],
  ],
  headings: [
    [changed('plans.csv', ['tier,', 'level,']), 'plans.csv', 1, 'level', /not a column of plans.*Rename the column or delete it/],
    [changed('plans.csv', ['tier', 'teir']), 'plans.csv', 1, 'teir', /Did you mean “tier”\?/],
    [changed('plans.csv', ['units', 'tier']), 'plans.csv', 1, 'tier', /there twice/],
    [changed('engagements.csv', ['plan,name,', 'plan,title,'], ['feedback', 'name']), 'engagements.csv', 1, 'title', /columns of engagements are plan, name, start/],
    [changed('plans.csv', ['ref,title,tier', 'code,title,ref']), 'plans.csv', 1, 'code', /not a column/],
    [{ 'engagements.csv': 'name\nSurvey\n' }, 'engagements.csv', 1, 'plan', /“plan” is missing.*Add a column/],
    [changed('plans.csv', [',units', ',']), 'plans.csv', 3, null, /9 cells and there are 8 headings/],
    [changed('plans.csv', ['tier,', ',']), 'plans.csv', 1, 'C', /Column C has no heading/],
  ],
  people: [
    [added('people.csv', 'BEN.MANAGER@testshire.example,Ben again,,,'), 'people.csv', 5, 'email', /there twice.*Row 3/],
    [added('people.csv', 'ben.manager,Ben,,,'), 'people.csv', 5, 'email', /not an e-mail address/],
    [added('people.csv', 'dee@testshire.example,Dee,,,6B1F0D5E-0000-4000-8000-00000000000B'), 'people.csv', 5, 'entra_object_id', /there twice/],
    [added('people.csv', 'dee@testshire.example,Dee,,,dee'), 'people.csv', 5, 'entra_object_id', /not an Entra object id.*Copy/],
    [added('people.csv', 'dee@testshire.example,Dee,manger,,'), 'people.csv', 5, 'roles', /Did you mean “manager”\? Use one of: manager, head-of-service/],
    [added('people.csv', 'dee@testshire.example,Dee,,roads,'), 'people.csv', 5, 'portfolios', /“roads” is not in council.json, portfolios/],
    [added('people.csv', 'dee@testshire.example,,,,'), 'people.csv', 5, 'name', /name is empty/],
  ],
  plans: [
    [added('plans.csv', 'hwy,Highways again,,,,,,,'), 'plans.csv', 5, 'ref', /“hwy” is there twice.*Row 3/],
    [added('plans.csv', 'A@1,At,,,,,,,'), 'plans.csv', 5, 'ref', /character that a ref can’t have.*letters, digits/],
    [added('plans.csv', 'LIB,Libraries,division,CULT,,,,,'), 'plans.csv', 5, 'directorate', /“CULT” is not in council.json, directorates/],
    [added('plans.csv', 'LIB,Libraries,,,NONE,,,,'), 'plans.csv', 5, 'parent', /“NONE” is not in plans.csv/],
    [added('plans.csv', 'LIB,Libraries,,,,hihgways,,,'), 'plans.csv', 5, 'portfolio', /Did you mean “highways”\?/],
    [added('plans.csv', 'LIB,Libraries,,,,,jo@testshire.example,,'), 'plans.csv', 5, 'head_of_service', /“jo@testshire.example” is not in people.csv.*add it/],
    [added('plans.csv', 'LIB,Libraries,team,,,,,,'), 'plans.csv', 5, 'tier', /Use one of: directorate, division, service/],
    [added('plans.csv', 'LIB,Libraries,,,,,,secret,'), 'plans.csv', 5, 'classification', /unrestricted, exempt, confidential/],
    [changed('plans.csv', ['ENVD,Environment,directorate,ENV,,', 'ENVD,Environment,directorate,ENV,HWY,']), 'plans.csv', 2, 'parent', /ENVD → HWY → ENVD/],
    [changed('plans.csv', ['Adult Care,service,SOC,,', 'Adult Care,service,SOC,CARE,']), 'plans.csv', 4, 'parent', /CARE → CARE/],
  ],
  KPIs: [
    [added('kpis.csv', 'hwy-01,HWY,Again,,,higher,,,,,,,,,,,'), 'kpis.csv', 8, 'ref', /twice/],
    [added('kpis.csv', 'X,NONE,Unknown plan,,,higher,,,,,,,,,,,'), 'kpis.csv', 8, 'plan', /“NONE” is not in plans.csv/],
    [added('kpis.csv', 'X,HWY,Who,,,higher,,,nobody@testshire.example,,,,,,,,'), 'kpis.csv', 8, 'accountable_manager', /not in people.csv/],
    [added('kpis.csv', 'X,HWY,How,traget,,higher,,,,,,,,,,,'), 'kpis.csv', 8, 'kind', /Did you mean “target”\?/],
    [added('kpis.csv', 'X,HWY,How,,precent,higher,,,,,,,,,,,'), 'kpis.csv', 8, 'unit', /Did you mean “percent”\? Use one of: percent, number/],
    [added('kpis.csv', 'X,HWY,How,,rate:0,higher,,,,,,,,,,,'), 'kpis.csv', 8, 'unit', /rate:1000/],
    [added('kpis.csv', 'X,HWY,How,,,up,,,,,,,,,,,'), 'kpis.csv', 8, 'polarity', /higher, lower, range/],
    [added('kpis.csv', 'X,HWY,How,,,,,,,50,,,,,,,'), 'kpis.csv', 8, 'polarity', /polarity is empty/],
    [added('kpis.csv', 'X,HWY,How,,,higher,weekly,,,,,,,,,,'), 'kpis.csv', 8, 'frequency', /monthly, quarterly, termly/],
    [added('kpis.csv', 'X,HWY,How,,,higher,,,,,,,,,,,maybe'), 'kpis.csv', 8, 'core', /neither yes nor no/],
    [added('kpis.csv', 'X,HWY,Floor above,,percent,higher,,,,80,85,,,,,,'), 'kpis.csv', 8, 'floor', /The floor of 85 is above the target of 80.*Put the floor/],
    [added('kpis.csv', 'X,HWY,Floor below,,percent,lower,,,,80,75,,,,,,'), 'kpis.csv', 8, 'floor', /below the target of 80/],
    [added('kpis.csv', 'X,HWY,Negative,,percent,higher,,,,80,,relative,,-5,,,'), 'kpis.csv', 8, 'amber_within', /negative/],
    [added('kpis.csv', 'X,HWY,Overlap,,percent,higher,,,,80,,relative,10,5,,,'), 'kpis.csv', 8, 'amber_within', /overlap/],
    [added('kpis.csv', 'X,HWY,No range,activity,,,,,,,,,,,10,,'), 'kpis.csv', 8, 'range_high', /needs a high bound/],
    [added('kpis.csv', 'X,HWY,Range,,,range,,,,,,,,,20,10,'), 'kpis.csv', 8, 'range_low', /above the high bound.*Swap/],
    [changed('kpi_targets.csv', ['92,87', '85,87']), 'kpi_targets.csv', 3, 'floor', /The floor of 87 is above the target of 85/],
    [added('kpi_targets.csv', 'HWY-01,2009/10 Q2,93,'), 'kpi_targets.csv', 4, 'period', /there twice/],
    [added('kpi_targets.csv', 'HWY-01,2009/10 M07,93,'), 'kpi_targets.csv', 4, 'period', /monthly period and this KPI is quarterly/],
    [added('kpi_targets.csv', 'HWY-01,2008/09 Q1,93,'), 'kpi_targets.csv', 4, 'period', /not in the year that is loaded, 2009\/10/],
    [added('kpi_targets.csv', 'HWY-01,2010/11 Q1,93,'), 'kpi_targets.csv', 4, 'period', /after the year that is loaded/],
    [added('kpi_targets.csv', 'HWY-99,2009/10 Q1,93,'), 'kpi_targets.csv', 4, 'kpi', /not in kpis.csv/],
  ],
  'projects and milestones': [
    [added('projects.csv', 'hwy-p1,HWY,Again,,,,,'), 'projects.csv', 3, 'ref', /twice/],
    [added('projects.csv', 'P2,NONE,Lost,,,,,'), 'projects.csv', 3, 'plan', /not in plans.csv/],
    [added('projects.csv', 'P2,HWY,Backwards,,,2009-06-01,2009-05-01,'), 'projects.csv', 3, 'due', /due \(1 May 2009\) comes before start \(1 June 2009\)/],
    [added('projects.csv', 'P2,HWY,Half,,,,,half'), 'projects.csv', 3, 'capital', /neither yes nor no/],
    [added('milestones.csv', 'M9,HWY-P9,Lost,,,2009-06-30'), 'milestones.csv', 5, 'project', /not in projects.csv/],
    [added('milestones.csv', 'hwy-p1-m1,HWY-P1,Again,,,2009-06-30'), 'milestones.csv', 5, 'ref', /twice/],
    [added('milestones.csv', 'M9,HWY-P1,No due date,,,'), 'milestones.csv', 5, 'due', /due is empty/],
    [added('milestones.csv', 'M9,HWY-P1,Never,,,2009-02-31'), 'milestones.csv', 5, 'due', /There is no 31 February 2009: the month has 28 days/],
    [added('milestones.csv', 'M9,HWY-P1,British,,,30/06/2009'), 'milestones.csv', 5, 'due', /Write 2009-06-30 if you mean 30 June 2009/],
    [added('milestones.csv', 'M9,HWY-P1,Serial,,,39994'), 'milestones.csv', 5, 'due', /Write 2009-06-30 if you mean 30 June 2009/],
    [added('milestones.csv', 'M9,HWY-P1,Soon,,,soon'), 'milestones.csv', 5, 'due', /“soon” is not a date.*2009-09-30/],
    [added('engagements.csv', 'HWY,Walk,2009-08-01,2009-07-01,,'), 'engagements.csv', 3, 'end', /comes before start/],
    [added('engagements.csv', 'HWY,Residents\' survey,2009-06-01,,,'), 'engagements.csv', 3, 'name', /twice/],
  ],
  'KPI results': [
    [updates('HWY-99,2009/10 Q1,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'kpi', /“HWY-99” is not in kpis.csv.*Did you mean/],
    [updates('hwy-01,2009/10 Q2,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /twice.*Row 3/],
    [updates('HWY-01,2009/10 M06,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /monthly period and this KPI is quarterly.*2009\/10 Q1 to 2009\/10 Q4/],
    [updates('HWY-01,2010/11 Q1,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /after the year that is loaded/],
    [updates('HWY-01,2009/10 Q4,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /begins on 1 January 2010, which is still to come/],
    [updates('HWY-01,Oct-09,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /is a date.*format to Text/],
    [updates('HWY-01,2009-10-01,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /is a date/],
    [updates('HWY-01,Quarter 2,1,,,,,,,,,'), 'kpi_updates.csv', 9, 'period', /not a reporting period.*2009\/10 Q1/],
    [updates('HWY-03,2009/10 Q1,1.23E+05,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /Excel has shortened/],
    [updates('HWY-03,2009/10 Q1,Oct-09,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /is a date/],
    [updates('HWY-03,2009/10 Q1,#REF!,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /its formula failed.*Mend the cell/],
    [updates('HWY-03,2009/10 Q1,########,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /too narrow/],
    [updates('HWY-02,2009/10 M04,43101,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /how Excel keeps the date 1 January 2018/],
    [updates('HWY-03,2009/10 Q1,"12,5",,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /12\.5 or 125/],
    [updates('HWY-03,2009/10 Q1,lots,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /“lots” isn’t a number/],
    [updates('HWY-03,2009/10 Q1,n/a,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /unavailable_reason/],
    [updates('CARE-01,2009/10 Q1,4000,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /beyond what a percentage can be/],
    [updates('CARE-03,2009/10,perhaps,,,,,,,,,'), 'kpi_updates.csv', 9, 'result', /Type Yes or No/],
    [updates('CARE-03,2009/10,,1,1,,,,,,,'), 'kpi_updates.csv', 9, 'numerator', /yes\/no KPI has no numerator/],
    [updates('CARE-01,2009/10 Q1,,50,,,,,,,,'), 'kpi_updates.csv', 9, 'denominator', /numerator and no denominator/],
    [updates('CARE-01,2009/10 Q1,,,50,,,,,,,'), 'kpi_updates.csv', 9, 'numerator', /denominator and no numerator/],
    [updates('CARE-01,2009/10 Q1,,50,0,,,,,,,'), 'kpi_updates.csv', 9, 'denominator', /denominator is 0/],
    [updates('CARE-01,2009/10 Q1,46.7,42,90.2,,,,,,,'), 'kpi_updates.csv', 9, 'result', /46\.7 is not what the numerator and denominator give, which is 46\.56/],
    [updates('CARE-01,2009/10 Q1,50,,,,No survey,,,,,'), 'kpi_updates.csv', 9, 'unavailable_reason', /a figure and a reason why there is none/],
    [updates('CARE-01,2009/10 Q1,,,,,,,Busy,,,'), 'kpi_updates.csv', 9, 'result', /no result.*unavailable_reason/],
    [updates('CARE-01,2009/10 Q1,50,,,perhaps,,,,,,'), 'kpi_updates.csv', 9, 'provisional', /neither yes nor no/],
    [updates('CARE-01,2009/10 Q1,50,,,,,better,,,,'), 'kpi_updates.csv', 9, 'forecast', /isn’t a number/],
    [updates('CARE-01,2009/10 Q1,50,,,,,,,,jo@testshire.example,'), 'kpi_updates.csv', 9, 'submitted_by', /not in people.csv/],
    [updates('CARE-01,2009/10 Q1,50,,,,,,,,,yesterday'), 'kpi_updates.csv', 9, 'submitted_at', /not a date/],
    [updates('CARE-01,2009/10 Q1,50,,,,,,,,,2009-11-17'), 'kpi_updates.csv', 9, 'submitted_at', /in the future/],
    [updates('CARE-01,2009/10 Q1,50,,,,,,,,,2009-11-16T10:00:01Z'), 'kpi_updates.csv', 9, 'submitted_at', /in the future/],
    [updates(`CARE-01,2009/10 Q1,50,,,,,,${'x'.repeat(10_001)},,,`), 'kpi_updates.csv', 9, 'commentary', /10001 characters long.*10000/],
  ],
  'milestone updates': [
    [milestoneUpdate('HWY-P1-M9,on-track,,,,,,,,,'), 'milestone_updates.csv', 2, 'milestone', /not in milestones.csv/],
    [milestoneUpdate('HWY-P1-M3,on-track,,,,,,,,,'), 'milestone_updates.csv', 3, 'milestone', /twice.*submitted_at/],
    [milestoneUpdate('HWY-P1-M1,ontrack,,,,,,,,,'), 'milestone_updates.csv', 2, 'state', /Did you mean “on-track”\?/],
    [milestoneUpdate('HWY-P1-M1,,,,,,,,,,'), 'milestone_updates.csv', 2, 'state', /state is empty/],
    [milestoneUpdate('HWY-P1-M1,on-track,101,,,,,,,,'), 'milestone_updates.csv', 2, 'percent_complete', /whole number from 0 to 100/],
    [milestoneUpdate('HWY-P1-M1,on-track,100,,,,,,,,'), 'milestone_updates.csv', 2, 'percent_complete', /100% complete and is “on-track”/],
    [milestoneUpdate('HWY-P1-M1,not-started,10,,,,,,,,'), 'milestone_updates.csv', 2, 'percent_complete', /not started and is 10% done/],
    [milestoneUpdate('HWY-P1-M1,complete,90,,2009-07-03,,,,,,'), 'milestone_updates.csv', 2, 'percent_complete', /complete and only 90% done/],
    [milestoneUpdate('HWY-P1-M1,complete,100,,,,,,,,'), 'milestone_updates.csv', 2, 'completed', /has no completed date/],
    [milestoneUpdate('HWY-P1-M1,on-track,50,,2009-07-03,,,,,,'), 'milestone_updates.csv', 2, 'completed', /completed date and is “on-track”/],
    [milestoneUpdate('HWY-P1-M1,complete,100,,2009-12-03,,,,,,'), 'milestone_updates.csv', 2, 'completed', /in the future.*forecast/],
    [milestoneUpdate('HWY-P1-M1,cancelled,,,,,,,,Cabinet,2009-09-14'), 'milestone_updates.csv', 2, 'commentary', /cancelled and no decision is recorded.*minute reference/],
    [milestoneUpdate('HWY-P1-M1,on-track,,,,,,,Minute 42,,'), 'milestone_updates.csv', 2, 'decision_reference', /neither deferred nor cancelled/],
  ],
  'council.json': [
    [{ 'council.json': '{"name": "Testshire",\n"year" }' }, 'council.json', 2, null, /not valid JSON/],
    [{ 'council.json': '[]' }, 'council.json', null, null, /should be an object/],
    [councilWith((it) => delete it.tenantId), 'council.json', null, 'tenantId', /tenantId is missing/],
    [councilWith((it) => (it.year = '2009-10')), 'council.json', null, 'year', /write it as 2009\/10/i],
    [councilWith((it) => (it.year = '2009/11')), 'council.json', null, 'year', /not a financial year/],
    [councilWith((it) => (it.timeZone = 'London')), 'council.json', null, 'timeZone', /not a time zone.*Europe\/London/],
    [councilWith((it) => (it.rating = { metod: 'floor' })), 'council.json', null, 'rating.metod', /Did you mean “method”\?/],
    [councilWith((it) => (it.rating = { method: 'flor' })), 'council.json', null, 'rating.method', /Did you mean “floor”\?/],
    [councilWith((it) => (it.rating = { amberWithin: 'ten' })), 'council.json', null, 'rating.amberWithin', /not a number/],
    [councilWith((it) => (it.rating = { amberWithin: -1 })), 'council.json', null, 'rating.amberWithin', /negative/],
    [councilWith((it) => (it.rating = { greenWithin: 11 })), 'council.json', null, 'rating.amberWithin', /overlap/],
    [councilWith((it) => (it.trend = 'up')), 'council.json', null, 'trend', /previous-period, same-period-last-year/],
    [councilWith((it) => (it.calendar = { dueAfterDays: 0.5 })), 'council.json', null, 'calendar.dueAfterDays', /whole number/],
    [councilWith((it) => (it.calendar = { frequencies: { monthly: { dueAfterDays: 60 } } })), 'council.json', null, 'calendar.frequencies.monthly.lockAfterDays', /lock before it is due/],
    [councilWith((it) => (it.calendar = { frequencies: { montly: {} } })), 'council.json', null, 'calendar.frequencies.montly', /not a setting.*monthly/],
    [councilWith((it) => (it.calendar = { frequencies: { monthly: { dueAfterDay: 7 } } })), 'council.json', null, 'calendar.frequencies.monthly.dueAfterDay', /not a setting.*dueAfterDays/],
    [councilWith((it) => (it.calendar = { moves: {} })), 'council.json', null, 'calendar.moves', /not a setting/],
    [councilWith((it) => (it.calendar = { dueAfterDays: 60 })), 'council.json', null, 'calendar.lockAfterDays', /lock before it is due/],
    [councilWith((it) => it.directorates.push({ ref: 'env', name: 'Twice' })), 'council.json', null, 'directorates.2.ref', /twice/],
    [councilWith((it) => (it.portfolios[0].directorates = ['EVN'])), 'council.json', null, 'portfolios.0.directorates', /Did you mean “ENV”\?/],
    [councilWith((it) => (it.playgroundDate = '2009-02-30')), 'council.json', null, 'playgroundDate', /not a date/],
    [councilWith((it) => (it.notice = 5)), 'council.json', null, 'notice', /should be text/],
  ],
};

describe.each(Object.entries(cases))('a fault in %s is told with its place and what to do', (_, faults) => {
  test.each(faults.map((one) => [`${one[1]}, row ${one[2]}, ${one[3]}: ${one[4].source}`, one] as const))(
    '%s',
    async (_name, [files, file, row, column, says]) => {
      const folder = await read(files);
      const found = folder.ok ? [] : folder.faults;
      expect(found.map((fault) => [fault.file, fault.row, fault.column])).toEqual([[file, row, column]]);
      expect(`${found[0]!.problem} ${found[0]!.remedy}`).toMatch(says);
      expect(found[0]!.remedy).toMatch(/^\p{Lu}.{6,}[.?]$/su);
    },
  );
});
