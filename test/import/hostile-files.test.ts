import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { readWorkbook } from '../../src/import/workbook.ts';
import { now, writeFolder } from './council-folder.ts';
import { makeWorkbook } from './make-workbook.ts';

const sheet = 'xl/worksheets/sheet1.xml';
/** A workbook with one sheet, of which someone changed the parts. */
function changed(change: (files: Record<string, Uint8Array>) => void): Uint8Array {
  const files = unzipSync(
    makeWorkbook({
      plans: [
        ['ref', 'title'],
        ['A', 'B'],
      ],
    }),
  );
  change(files);
  return zipSync(files);
}
const withRows = (rows: string) =>
  changed((files) => {
    files[sheet] = strToU8(strFromU8(files[sheet]!).replace('</sheetData>', `${rows}</sheetData>`));
  });
const withEntities = (head: string, use: string) =>
  changed((files) => {
    files[sheet] = strToU8(`<!DOCTYPE x [${head}]>${strFromU8(files[sheet]!).replace('>B<', `>${use}<`)}`);
  });
/** Says in its directory that the sheet is shorter than it is. */
function withALie(): Uint8Array {
  const bytes = Buffer.from(
    withRows(`<row r="3"><c r="A3" t="inlineStr"><is><t>${'x'.repeat(1e6)}</t></is></c></row>`),
  );
  const at = bytes.lastIndexOf(sheet) - 46;
  expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
  bytes.writeUInt32LE(10, at + 24);
  return bytes;
}

const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`).join('');

test.each<[string, () => Uint8Array, RegExp]>([
  [
    'reaches to the last row by one cell',
    () => withRows('<row r="9"><c r="A1048576"/><c r="XFD1"/></row>'),
    /too large/,
  ],
  [
    'has a failed formula beyond all rows',
    () => withRows('<c r="ZZZZZ99999999" t="e"><v>#REF!</v></c>'),
    /too large/,
  ],
  ['is a megabyte zipped and two hundred unzipped', () => withRows(' '.repeat(200_000_000)), /too large/],
  [
    'has more parts than a workbook has',
    () =>
      changed((files) => {
        for (let at = 0; at < 2000; at++) files[`xl/part${at}.xml`] = strToU8('<x/>');
      }),
    /too large/,
  ],
  ['has tags without an end', () => withRows('<c r="'.repeat(200_000)), /can’t be read/],
  ['has cells without an end', () => withRows('<c r="A1">'.repeat(100_000)), /can’t be read/],
  ['lies about its length', withALie, /can’t be read/],
])(
  'a workbook that %s is refused soon, in plain words',
  async (_what, make, problem) => {
    const bytes = make();
    const began = performance.now();
    const { sheets, faults } = await readWorkbook('council.xlsx', bytes);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect([sheets.size, faults.map((fault) => fault.problem)]).toEqual([
      0,
      [expect.stringMatching(problem)],
    ]);
  },
  60_000,
);

test.each([
  ['a file of this machine', '<!ENTITY a SYSTEM "file:///etc/passwd">', '&a;'],
  ['an address', '<!ENTITY a SYSTEM "http://127.0.0.1:1/">', '&a;'],
  ['itself a billion times', `<!ENTITY a0 "ha">${laughs}`, '&a30;'],
])('what stands for %s in a workbook stays as it is written', async (_what, head, use) => {
  const { sheets } = await readWorkbook('council.xlsx', withEntities(head, use));
  expect(sheets.get('plans')?.rows[1]).toEqual(['A', use]);
});

test('a council folder with files that have no end is refused', async () => {
  const folder = writeFolder({ 'people.csv': null, 'kpi_targets.csv': null, 'engagements.csv': null });
  symlinkSync('/dev/zero', join(folder, 'people.csv'));
  execFileSync('mkfifo', [join(folder, 'kpi_targets.csv')]);
  writeFileSync(join(folder, 'engagements.csv'), 'plan,name\n');
  truncateSync(join(folder, 'engagements.csv'), 200_000_000);
  const read = await readCouncilFolder(folder, now);
  const said = (read.ok ? [] : read.faults).map(({ file, problem }) => `${file}: ${problem}`);
  expect(said).toEqual(
    expect.arrayContaining([
      'people.csv: This file can’t be opened.',
      'kpi_targets.csv: This file can’t be opened.',
      'engagements.csv: This file is larger than 100 MB.',
    ]),
  );
});
