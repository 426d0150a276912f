import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { changed, councilWith, type FileName, now, read, writeFolder } from './council-folder.ts';

test('the folder that the faults are put into has none itself', async () => {
  expect(await read()).toMatchObject({ ok: true });
});

test('every fault is told at once, file by file and from the top down', async () => {
  const folder = await read({
    ...changed('kpi_updates.csv', ['HWY-03,2009/10 Q2,1600', 'HWY-03,2009/10 Q2,many'], ['66', '12..5']),
    ...changed('people.csv', ['head-of-service;manager', 'hed-of-service;maneger']),
    ...councilWith((it) => (it.trend = 'up')),
  });
  const places = folder.ok ? [] : folder.faults.map(({ file, row, column }) => `${file} ${row} ${column}`);
  expect(places).toEqual([
    'council.json null trend',
    'people.csv 2 roles',
    'people.csv 2 roles',
    'kpi_updates.csv 5 result',
    'kpi_updates.csv 7 result',
  ]);
});

test('a wrong period doesn’t hide what else is wrong in the row, nor one setting what is wrong in others', async () => {
  const folder = await read({
    ...changed('kpi_updates.csv', [
      'HWY-03,2009/10 Q2,1600,,,,,,,,,',
      'HWY-03,2009/10 Q7,many,,,perhaps,,lots,,,nobody@testshire.example,soon',
    ]),
    ...councilWith((it) => {
      it.trend = 'up';
      it.rating = { method: 'relative', amberWithin: -1 };
      it.calendar = { dueAfterDays: 30, lockAfterDays: 20 };
      it.portfolios[0].directorates.push('SEA');
    }),
  });
  const places = folder.ok ? [] : folder.faults.map(({ file, column }) => `${file} ${column}`);
  expect(places.toSorted()).toEqual(
    [
      'council.json trend',
      'council.json rating.amberWithin',
      'council.json calendar.lockAfterDays',
      'council.json portfolios.0.directorates',
      ...['period', 'submitted_at', 'provisional', 'submitted_by', 'result', 'forecast'].map(
        (column) => `kpi_updates.csv ${column}`,
      ),
    ].toSorted(),
  );
});

test('what follows from a wrong word of a KPI is not told again', async () => {
  const placesOf = async (files: Parameters<typeof read>[0]) => {
    const folder = await read(files);
    return folder.ok ? [] : folder.faults.map(({ file, row, column }) => `${file} ${row} ${column}`);
  };
  const monthly = 'HWY-02,HWY,Days to mend a street light,target,days,lower,monthly';
  expect(await placesOf(changed('kpis.csv', [monthly, monthly.replace('monthly', 'weekly')]))).toEqual([
    'kpis.csv 3 frequency',
  ]);
  const asTime = {
    ...changed('kpis.csv', [monthly, monthly.replace('days', 'minuts')]),
    ...changed('kpi_updates.csv', ['HWY-02,2009/10 M06,5.2', 'HWY-02,2009/10 M06,4:30']),
  };
  expect(await placesOf(asTime)).toEqual(['kpis.csv 3 unit']);
  const upsideDown = [
    'higher,quarterly,ratio,ben.manager@testshire.example,95,90',
    'down,quarterly,,,5,10',
  ] as [string, string];
  const targets = 'kpi,period,target,floor\nHWY-01,2009/10 Q9,5,12..5\n';
  expect(await placesOf({ ...changed('kpis.csv', upsideDown), 'kpi_targets.csv': targets })).toEqual([
    'kpis.csv 2 polarity',
    'kpi_targets.csv 2 period',
    'kpi_targets.csv 2 floor',
  ]);
});

test('what a broken file defines is not called unknown in the others', async () => {
  const folder = await read(changed('kpis.csv', ['Potholes', '"Potholes']));
  expect(folder.ok ? [] : folder.faults).toHaveLength(1);
});

test('an unknown column is told once, not again for every row below it', async () => {
  const folder = await read(changed('people.csv', ['email', 'mail']));
  const places = folder.ok ? [] : folder.faults.map(({ file, row, column }) => `${file} ${row} ${column}`);
  expect(places).toEqual(['people.csv 1 mail', 'people.csv 1 email']);
});

test('a row below a text with line breaks is counted as a spreadsheet shows it', async () => {
  const first = '"Wet weather,\n\nthen frost"';
  const folder = await read(
    changed(
      'kpi_updates.csv',
      ['"Wet weather, then frost"', first],
      ['HWY-03,2009/10 Q2,1600', 'HWY-03,2009/10 Q2,x'],
    ),
  );
  expect(folder.ok ? null : folder.faults[0]?.row).toBe(5);
});

test('a folder that isn’t there, a file that is no workbook, and two kinds of tables at once are said so', async () => {
  const folder = writeFolder();
  const sayOf = async (path: string) => {
    const result = await readCouncilFolder(path, now);
    return result.ok ? '' : result.faults.map(({ problem }) => problem).join(' ');
  };
  expect(await sayOf(join(folder, 'nowhere'))).toMatch(/no such folder/);
  expect(await sayOf(join(folder, 'plans.csv'))).toMatch(/neither a folder nor a workbook/);
  writeFileSync(join(folder, 'council.xlsx'), 'not a workbook');
  expect(await sayOf(folder)).toMatch(/a workbook and CSV files/);
  expect(await sayOf(join(folder, 'council.xlsx'))).toMatch(/can’t be read/);
});

test('a file that can’t be opened is said so', async () => {
  const folder = writeFolder({ 'engagements.csv': null });
  mkdirSync(join(folder, 'engagements.csv'));
  const result = await readCouncilFolder(folder, now);
  expect(result.ok ? [] : result.faults).toMatchObject([
    { file: 'engagements.csv', problem: 'This file can’t be opened.' },
  ]);
});

test('each optional file may be missing', async () => {
  const optional: FileName[] = [
    'kpis.csv',
    'kpi_targets.csv',
    'projects.csv',
    'milestones.csv',
    'kpi_updates.csv',
    'milestone_updates.csv',
    'engagements.csv',
  ];
  expect(await read(Object.fromEntries(optional.map((file) => [file, null])))).toMatchObject({ ok: true });
});
