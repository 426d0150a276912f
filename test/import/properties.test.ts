import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { council, now, readSound, writeFolder } from './council-folder.ts';
import { depsOf, everything, load, newStore } from './loading.ts';

const tables = Object.fromEntries(
  Object.entries(council)
    .filter(([name]) => name.endsWith('.csv'))
    .map(([name, text]) => [name, parse(text) as string[][]]),
);
const names = Object.keys(tables);

type Style = {
  bom: boolean;
  ending: string;
  alwaysQuoted: boolean;
  lastEnding: boolean;
  padding: string;
  blankRows: number;
};

const style: fc.Arbitrary<Style> = fc.record({
  bom: fc.boolean(),
  ending: fc.constantFrom('\n', '\r\n', '\r'),
  alwaysQuoted: fc.boolean(),
  lastEnding: fc.boolean(),
  padding: fc.constantFrom('', ' ', '\u00a0'),
  blankRows: fc.integer({ min: 0, max: 2 }),
});

function write(rows: readonly (readonly string[])[], how: Style): string {
  const cell = (text: string) => {
    const padded = `${how.padding}${text}${how.padding}`;
    return how.alwaysQuoted || /[",\n]/.test(text) ? `"${padded.replaceAll('"', '""')}"` : padded;
  };
  const blank = Array.from({ length: how.blankRows }, () => rows[0]!.map(() => ''));
  const lines = [...rows, ...blank].map((cells) => cells.map(cell).join(','));
  return `${how.bom ? '\ufeff' : ''}${lines.join(how.ending)}${how.lastEnding ? how.ending : ''}`;
}

/** A table with its rows and columns in some order. */
const shuffled = (rows: readonly string[][]) =>
  fc
    .tuple(
      fc.shuffledSubarray(rows.slice(1), { minLength: rows.length - 1 }),
      fc.shuffledSubarray([...rows[0]!.keys()], { minLength: rows[0]!.length }),
    )
    .map(([body, columns]) => [rows[0]!, ...body].map((cells) => columns.map((at) => cells[at]!)));

const folder = fc
  .tuple(style, ...names.map((name) => shuffled(tables[name]!)))
  .map(([how, ...all]) => Object.fromEntries(names.map((name, at) => [name, write(all[at]!, how)])));

test('the order of rows and columns and the way a file is written make no difference to what is stored', async () => {
  const store = newStore();
  await load(store);
  const expected = [...(await everything(store))].map(([name, { data }]) => [name, data]);
  await store.close();
  await fc.assert(
    fc.asyncProperty(folder, async (files) => {
      const other = newStore();
      await load(other, files);
      expect([...(await everything(other))].map(([name, { data }]) => [name, data])).toEqual(expected);
      await other.close();
    }),
    { numRuns: 40 },
  );
});

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    '"',
    '\n',
    ',',
    '-',
    '0',
    '-1',
    '1e999',
    '9'.repeat(40),
    '2009-02-31',
    '2009/10',
    '#REF!',
  ),
  fc.constantFrom(
    'HWY',
    'yes',
    'complete',
    '__proto__',
    'constructor',
    'toString',
    '0/0',
    'Infinity',
    'NaN',
    '½',
    '٣',
  ),
  fc.constantFrom(...names.flatMap((name) => tables[name]!.flat())),
);

test('whatever stands in a cell, the folder is either refused with faults or loaded', async () => {
  const { settings } = await readSound();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(), fc.nat(), nasty), { minLength: 1, maxLength: 4 }),
      style,
      async (name, corruptions, how) => {
        const rows = tables[name]!.map((cells) => [...cells]);
        for (const [row, column, text] of corruptions) {
          const cells = rows[row % rows.length]!;
          cells[column % cells.length] = text;
        }
        const read = await readCouncilFolder(writeFolder({ [name]: write(rows, how) }), now);
        if (!read.ok) {
          expect(read.faults.length).toBeGreaterThan(0);
          for (const fault of read.faults) expect(fault.remedy).not.toBe('');
          return;
        }
        const store = newStore();
        const summary = await importCouncil(depsOf(store), read.data);
        expect(summary.changed).toBe(true);
        expect(await importCouncil(depsOf(store), read.data)).toMatchObject({ changed: false });
        expect(summary.year).toBe(settings.year);
        await store.close();
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever bytes a file is made of, the folder is either refused with faults or read', async () => {
  const path = writeFolder();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(council)),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
      async (name, changes) => {
        const sound = Buffer.from(council[name as keyof typeof council]);
        const bytes = Buffer.from(sound);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        writeFileSync(join(path, name), bytes);
        const read = await readCouncilFolder(path, now);
        expect(read.ok || read.faults.length > 0).toBe(true);
        writeFileSync(join(path, name), sound);
      },
    ),
    { numRuns: 500 },
  );
});
