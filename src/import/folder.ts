import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { requiredTables, type TableName, tableNames } from './columns.ts';
import { readCsv, type Sheet } from './csv.ts';
import type { Fault } from './fault.ts';
import { didYouMean } from './nearest.ts';
import { readWorkbook } from './workbook.ts';

/** What a council folder holds, read as far as text. */
export type CouncilFiles = {
  council: { file: string; bytes: Uint8Array } | null;
  sheets: Map<TableName, Sheet>;
  /** Tables that are there and can't be read: what they define is not known. */
  unreadable: Set<TableName>;
  faults: Fault[];
};

const fileFault = (file: string, problem: string, remedy: string): Fault => ({
  file,
  row: null,
  column: null,
  problem,
  remedy,
});

const councilFile = 'council.json';
const isTable = (name: string): name is TableName => (tableNames as string[]).includes(name);

/**
 * Reads a council folder: `council.json` with a CSV file for each table, or with one workbook whose sheets are
 * named like the tables. `path` may be the folder, or the workbook with `council.json` beside it.
 */
export async function openCouncilFolder(path: string): Promise<CouncilFiles> {
  const nothing = { council: null, sheets: new Map(), unreadable: new Set<TableName>() };
  const kind = await stat(path).catch(() => null);
  if (!kind) {
    return { ...nothing, faults: [fileFault(path, 'There is no such folder.', 'Check the path.')] };
  }
  const folder = kind.isDirectory() ? path : dirname(path);
  if (!kind.isDirectory() && extname(path).toLowerCase() !== '.xlsx') {
    const remedy = 'Name the folder that holds council.json, or an .xlsx workbook beside it.';
    return { ...nothing, faults: [fileFault(path, 'This is neither a folder nor a workbook.', remedy)] };
  }
  const names = (await readdir(folder)).sort();
  const inFolder = (ending: string) =>
    names.filter(
      (name) => extname(name).toLowerCase() === ending && !name.startsWith('~$') && !name.startsWith('.'),
    );
  const csvs = inFolder('.csv');
  const workbooks = kind.isDirectory() ? inFolder('.xlsx') : [basename(path)];
  const found: CouncilFiles = { ...nothing, faults: [] };
  found.council = await readCouncil(folder, names, found.faults);
  if (workbooks.length > 1) {
    const remedy = 'Keep one, or name the one to import.';
    found.faults.push(fileFault(workbooks.join(', '), 'The folder has more than one workbook.', remedy));
  } else if (workbooks.length === 1 && kind.isDirectory() && csvs.length > 0) {
    const remedy = 'Keep either the workbook or the CSV files.';
    found.faults.push(fileFault(workbooks[0]!, 'The folder has a workbook and CSV files.', remedy));
  } else if (workbooks.length === 1) {
    await addWorkbook(folder, workbooks[0]!, found);
  } else {
    await addCsvFiles(folder, csvs, found);
  }
  return found;
}

/** Bytes. A council's largest table has a few. */
const longestFile = 100_000_000;

/** A file's bytes; null, with a fault, when the system doesn't give them, or when they might have no end. */
async function bytesOf(folder: string, file: string, faults: Fault[]): Promise<Uint8Array | null> {
  try {
    const path = join(folder, file);
    const found = await stat(path);
    if (found.size > longestFile) {
      const remedy = 'Take out what belongs to no council’s year.';
      faults.push(fileFault(file, 'This file is larger than 100 MB.', remedy));
      return null;
    }
    if (found.isFile()) return await readFile(path);
    throw new Error('not a file');
  } catch {
    faults.push(
      fileFault(file, 'This file can’t be opened.', 'Check that it is a file and that you may read it.'),
    );
    return null;
  }
}

async function readCouncil(folder: string, names: readonly string[], faults: Fault[]) {
  const file = names.find((name) => name.toLowerCase() === councilFile);
  if (file) {
    const bytes = await bytesOf(folder, file, faults);
    return bytes && { file, bytes };
  }
  faults.push(
    fileFault(
      councilFile,
      'council.json is missing.',
      'Put it in the folder: it names the council and its year.',
    ),
  );
  return null;
}

async function addCsvFiles(folder: string, names: readonly string[], found: CouncilFiles): Promise<void> {
  for (const file of names) {
    const table = file.slice(0, -4).toLowerCase();
    if (!isTable(table)) {
      found.faults.push(unknownTable(file, table));
      continue;
    }
    const bytes = await bytesOf(folder, file, found.faults);
    const { sheet, faults } = bytes ? readCsv(file, bytes) : { sheet: null, faults: [] };
    found.faults.push(...faults);
    if (sheet) found.sheets.set(table, sheet);
    else found.unreadable.add(table);
  }
  for (const table of requiredTables) {
    if (found.sheets.has(table) || found.unreadable.has(table)) continue;
    found.faults.push(fileFault(`${table}.csv`, `${table}.csv is missing.`, 'Put it in the folder.'));
    found.unreadable.add(table);
  }
}

async function addWorkbook(folder: string, file: string, found: CouncilFiles): Promise<void> {
  const before = found.faults.length;
  const bytes = await bytesOf(folder, file, found.faults);
  const { sheets, faults } = bytes
    ? await readWorkbook(file, bytes)
    : { sheets: new Map<string, Sheet>(), faults: [] };
  found.faults.push(...faults);
  if (found.faults.length > before) {
    found.unreadable = new Set(tableNames);
    return;
  }
  for (const [name, sheet] of sheets) {
    const table = name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    if (isTable(table)) found.sheets.set(table, sheet);
    else found.faults.push(unknownTable(sheet.file, name));
  }
  for (const table of requiredTables) {
    if (found.sheets.has(table)) continue;
    found.unreadable.add(table);
    found.faults.push(
      fileFault(file, `There is no sheet named ${table}.`, 'Add the sheet, or correct its name.'),
    );
  }
}

function unknownTable(file: string, name: string): Fault {
  const remedy = `${didYouMean(name, tableNames)} Rename it, or take it out. The tables are ${tableNames.join(', ')}.`;
  return fileFault(file, `“${name}” is not a table of the council folder.`, remedy.trim());
}
