import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { council, type Files, now, read, readSound, writeFolder } from './council-folder.ts';
import { type Cell, makeWorkbook } from './make-workbook.ts';

const sheetNames = Object.keys(council)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => name.slice(0, -4));

/** The council's tables as sheets of text. */
const sheets = (): Record<string, Cell[][]> =>
  Object.fromEntries(
    sheetNames.map((name) => {
      const rows: string[][] = parse(council[`${name}.csv` as keyof typeof council]);
      return [name, rows.map((cells) => cells.map((cell) => cell || null))];
    }),
  );

const asWorkbook = (tables: Record<string, Cell[][]>): Files => ({
  ...Object.fromEntries(sheetNames.map((name) => [`${name}.csv`, null])),
  'council.xlsx': makeWorkbook(tables),
});

/** The workbook with one cell of kpi_updates, counted as a spreadsheet does, given another value. */
function withCell(row: number, column: number, cell: Cell): Files {
  const tables = sheets();
  tables.kpi_updates![row - 1]![column - 1] = cell;
  return asWorkbook(tables);
}

test('a workbook says what CSV files of the same tables say', async () => {
  expect(await readSound(asWorkbook(sheets()))).toEqual(await readSound());
});

test('the workbook itself may be named, with council.json beside it', async () => {
  const folder = writeFolder(asWorkbook(sheets()));
  expect(await readCouncilFolder(join(folder, 'council.xlsx'), now)).toMatchObject({ ok: true });
});

test.each<[string, Cell, string]>([
  ['a number as Excel keeps it', { number: '91.2' }, '91.2'],
  ['a sum that floating point has bent', { number: '91.200000000000003' }, '91.2'],
  ['a number in scientific notation, which loses nothing in a workbook', { number: '9.12E1' }, '91.2'],
  ['a cell shown as a percentage', { number: '0.912', style: 'percent' }, '91.2'],
  [
    'a cell with a percentage format of its own',
    { number: '0.91200000000000003', style: 'ownPercent' },
    '91.2',
  ],
  ['text', '91.2%', '91.2'],
])('%s is read as it is seen', async (_, cell, result) => {
  const { kpiUpdates } = await readSound(withCell(3, 3, cell));
  expect(kpiUpdates[1]).toMatchObject({ kpi: 'HWY-01', result });
});

test.each(['percent', 'ownPercent'] as const)(
  'a cell shown as a percentage (%s) is read as it is seen also where the styles are written in other quotes',
  async (style) => {
    const files = withCell(3, 3, { number: '0.912', style });
    const parts = unzipSync(files['council.xlsx'] as Uint8Array);
    for (const name of ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml']) {
      parts[name] = strToU8(strFromU8(parts[name]!).replaceAll('"', "'"));
    }
    const { kpiUpdates } = await readSound({ ...files, 'council.xlsx': zipSync(parts) });
    expect(kpiUpdates[1]).toMatchObject({ kpi: 'HWY-01', result: '91.2' });
  },
);

test('a date that Excel keeps as a number is that date', async () => {
  const { kpiUpdates } = await readSound(withCell(3, 12, { number: '40098', style: 'date' }));
  expect(kpiUpdates[1]!.submittedAt).toBe('2009-10-12T11:00:00Z');
});

test('a tick that Excel keeps as TRUE is a yes', async () => {
  const { kpiUpdates } = await readSound(withCell(3, 6, true));
  expect(kpiUpdates[1]!.provisional).toBe(true);
});

test.each<[string, number, Cell, RegExp]>([
  ['a failed formula', 3, { error: '#REF!' }, /its formula failed/],
  ['a formula that was never worked out', 3, { formula: 'B1+1' }, /never worked out/],
  ['a failed formula in a cell that may be empty', 7, { error: '#N/A' }, /its formula failed/],
  [
    'a period that Excel has made a date',
    2,
    { number: '40087', style: 'date' },
    /a spreadsheet may have made it/,
  ],
  ['a figure that Excel has made a date', 3, { number: '40087', style: 'date' }, /is a date/],
])('%s is told with its sheet, row and column', async (_, column, cell, says) => {
  const folder = await read(withCell(3, column, cell));
  const heading = (sheets().kpi_updates![0]![column - 1] as string) ?? '';
  expect(folder.ok ? [] : folder.faults).toMatchObject([
    {
      file: 'council.xlsx, sheet kpi_updates',
      row: 3,
      column: heading,
      problem: expect.stringMatching(says),
    },
  ]);
});

test('a sheet that is none of the tables is told, an empty one is passed over', async () => {
  const folder = await read(asWorkbook({ ...sheets(), Sheet1: [], 'kpi update': [['kpi']] }));
  expect(folder.ok ? [] : folder.faults).toMatchObject([
    { file: 'council.xlsx, sheet kpi update', remedy: expect.stringMatching(/Did you mean “kpi_updates”/) },
  ]);
});

test('a workbook without the plans is told', async () => {
  const { plans: _, ...others } = sheets();
  const folder = await read(asWorkbook(others));
  expect(folder.ok ? [] : folder.faults).toMatchObject([{ problem: 'There is no sheet named plans.' }]);
});
