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
const inline = (address: string) => `<c r="${address}" t="inlineStr"><is><t>C</t></is></c>`;
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
  ['has a row far down with nothing in it', () => withRows('<row r="999999999"></row>'), /too large/],
  [
    'has rows far down that say their cells are far up',
    () => withRows(`<row r="1000000">${['A1', 'Z1'].map(inline).join('')}</row>`),
    /too large/,
  ],
  [
    'hides from its own list which part its sheet is',
    () =>
      changed((files) => {
        const list = strFromU8(files['xl/workbook.xml']!);
        files['xl/workbook.xml'] = strToU8(list.replaceAll('"', "'"));
        files[sheet] = strToU8(
          strFromU8(files[sheet]!).replace(
            '</sheetData>',
            `<row r="9">${inline('XFD1048576')}</row></sheetData>`,
          ),
        );
      }),
    /too large/,
  ],
  ...[
    "<c r='XFD1048576'/>",
    '<c r = "XFD1048576"/>',
    '<c cm=">" r="XFD1048576"/>',
    '<c x:r="XFD1048576"/>',
    '<c r="A9" x:r="XFD1048576"/>',
    '<c r="&#88;FD1048576"/>',
    '<x-y:c r="XFD1048576"/>',
  ].map((cell): [string, () => Uint8Array, RegExp] => [
    `has a cell ${cell}`,
    () => withRows(`<row r="9">${cell}</row>`),
    /can’t be read/,
  ]),
  ["has a row <row r='999999999'/>", () => withRows("<row r='999999999'/>"), /can’t be read/],
  ['has a row <row r="1e9"/>', () => withRows('<row r="1e9"/>'), /can’t be read/],
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

test.each<[string, string]>([
  [
    'with a prefix, as the Open XML SDK does',
    '<x:row r="3"><x:c s="0" r="A3" t="inlineStr"><x:is><x:t>C</x:t></x:is></x:c></x:row>',
  ],
  [
    'with the last row of all at its end, as LibreOffice does',
    `<row r="3" customFormat="false" ht="12.8" hidden="false" outlineLevel="0">${inline('A3')}</row>` +
      '<row r="1048576" customFormat="false" ht="12.8" hidden="false" outlineLevel="0"/>',
  ],
  [
    'with what is of newer versions, as Excel does',
    `<row r="3" spans="1:2" x14ac:dyDescent="0.25">${inline('A3')}<c r="B3" s="1"/></row>`,
  ],
  ['with space between', `<row\n  r="3"  spans="1:2" >${inline('A3').replace('A3" ', 'A3"\n  ')}</row>`],
])('rows and cells that are written %s are read', async (_how, rows) => {
  const { sheets, faults } = await readWorkbook('council.xlsx', withRows(rows));
  expect(faults).toEqual([]);
  expect(sheets.get('plans')?.rows).toEqual([
    ['ref', 'title'],
    ['A', 'B'],
    ['C', ''],
  ]);
});

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
