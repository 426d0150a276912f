import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/run.ts';
import { changed, council, now, temporaryFolder, writeFolder } from '../import/council-folder.ts';

/** Runs a command line in this process on a store of its own, or on `file`. */
async function run(args: string[], file = join(temporaryFolder(), 'planwatch.db')) {
  const said = { out: '', err: '' };
  const exitCode = await runCommandLine(args, {
    env: { PLANWATCH_SQLITE_FILE: file },
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    now: () => now,
  });
  return { exitCode, ...said, file };
}

test('an import prints what is new, and then that there is nothing to change', async () => {
  const folder = writeFolder();
  const first = await run(['import', folder]);
  expect(first).toMatchObject({ exitCode: 0, err: '' });
  expect(first.out).toMatch(/^Testshire County Council, 2009\/10\. Loaded\.\n/);
  expect(first.out).toMatch(/^People +3 +0 +0 +0$/m);
  expect(first.out).toMatch(/^KPI results +7 +0 +0 +0$/m);
  const second = await run(['import', folder], first.file);
  expect(second.out).toMatch(/^Testshire County Council, 2009\/10\. Nothing to change\.\n/);
});

test('faults are printed by file with row, column and remedy, and nothing is changed', async () => {
  const folder = writeFolder(
    changed('milestones.csv', ['2009-06-30', '2009-02-31'], ['Depot built,ben', 'Depot built,bob']),
  );
  const faulty = await run(['import', folder]);
  expect(faulty.exitCode).toBe(1);
  expect(faulty.out).toBe(`2 faults in ${folder}. Nothing was changed.

milestones.csv
  row 2, due: There is no 31 February 2009: the month has 28 days.
      Write the date as year-month-day, for example 2009-09-30.
  row 3, accountable_manager: “bob.manager@testshire.example” is not in people.csv.
      Did you mean “ben.manager@testshire.example”? Correct it, or add it to people.csv.
`);
  const sound = await run(['import', writeFolder(), '--json'], faulty.file);
  expect(JSON.parse(sound.out).documents.plan).toEqual({ new: 3, changed: 0, removed: 0, unchanged: 0 });
});

test('with --json faults and summaries are for programs', async () => {
  const faulty = await run(['import', writeFolder({ 'plans.csv': null }), '--json']);
  expect(faulty.exitCode).toBe(1);
  expect(JSON.parse(faulty.out)).toMatchObject({
    ok: false,
    faults: [{ file: 'plans.csv', row: null, column: null, problem: 'plans.csv is missing.' }],
  });
  const sound = await run(['import', writeFolder(), '--json', '--dry-run']);
  expect(JSON.parse(sound.out)).toMatchObject({ ok: true, year: '2009/10', dryRun: true, changed: true });
  const again = await run(['import', writeFolder(), '--json'], sound.file);
  expect(JSON.parse(again.out)).toMatchObject({ documents: { kpi: { new: 6 } } });
});

test('results that keep an earlier rule are counted, and rated again with a reason', async () => {
  const { file } = await run(['import', writeFolder()]);
  const folder = writeFolder(changed('kpis.csv', ['70,,relative,,10', '65,,relative,,10']));
  const kept = await run(['import', folder], file);
  expect(kept.out).toMatch(/1 result keeps the rule it was rated by/);
  expect(kept.out).toMatch(/add --rerate with the reason/);
  const rerated = await run(['import', folder, '--rerate', 'Target corrected', '--json'], file);
  expect(JSON.parse(rerated.out)).toMatchObject({ ratedAgain: 1, keptRule: 0 });
});

test('what the folder has no longer is listed, and removed on request', async () => {
  const { file } = await run(['import', writeFolder()]);
  const folder = writeFolder({ 'engagements.csv': null });
  expect((await run(['import', folder], file)).out).toMatch(
    /1 item of this year is not in the folder.*\n {2}engagement HWY@.*survey\n.*--remove-missing/,
  );
  expect((await run(['import', folder, '--remove-missing'], file)).out).toMatch(/Engagements +0 +0 +1 +0/);
});

test('someone who is named for what their roles don’t let them do is pointed out', async () => {
  const folder = writeFolder(
    changed(
      'people.csv',
      ['Ann Head,head-of-service;manager', 'Ann Head,'],
      ['Ben Manager,manager', 'Ben Manager,clerk'],
    ),
  );
  expect((await run(['import', folder])).out).toMatch(
    /no role for it\. Add it to roles in people\.csv:\n {2}ann\.head@.*: head of service\n {2}ben\.manager@.*: accountable manager/,
  );
});

test.each([
  [['import'], /missing required argument/],
  [['import', 'somewhere', '--dryrun'], /unknown option.*\n.*Did you mean --dry-run/],
  [['imprt', 'somewhere'], /unknown command.*\n.*Did you mean import/],
  [['import', 'somewhere', '--rerate', ' '], /needs a reason/],
])('wrong usage %j ends with 2 and a sentence', async (args, says) => {
  const wrong = await run(args);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.err).toMatch(says);
});

test('a wrong environment ends with 2 and names the variable', async () => {
  const said: string[] = [];
  const exitCode = await runCommandLine(['import', writeFolder()], {
    env: { PLANWATCH_STORE: 'oracle' },
    out: () => {},
    err: (text) => said.push(text),
    now: () => now,
  });
  expect(exitCode).toBe(2);
  expect(said.join('\n')).toMatch(/PLANWATCH_STORE/);
});

test('a store that is no store, or lies below a file, ends with 2 and says so in a sentence', async () => {
  const junk = join(temporaryFolder(), 'junk.db');
  writeFileSync(
    junk,
    'This is a text, and no database, long enough to have a header of its own. '.repeat(20),
  );
  for (const file of [junk, join(junk, 'planwatch.db')]) {
    const said: string[] = [];
    const exitCode = await runCommandLine(['status'], {
      env: { PLANWATCH_SQLITE_FILE: file },
      out: () => {},
      err: (text) => said.push(text),
      now: () => now,
    });
    expect(exitCode).toBe(2);
    expect(said.join()).toMatch(/^The store .* can't be used: .*PLANWATCH_SQLITE_FILE to another\.$/);
  }
});

test('the program itself runs under Node without a build and exits with the command’s code', async () => {
  const exit = (folder: string) =>
    new Promise<[code: unknown, out: string]>((resolve) => {
      const env = { ...process.env, PLANWATCH_SQLITE_FILE: join(temporaryFolder(), 'planwatch.db') };
      execFile(process.execPath, ['src/cli/index.ts', 'import', folder], { env }, (error, out) =>
        resolve([error?.code ?? 0, out]),
      );
    });
  expect(await exit(writeFolder())).toEqual([0, expect.stringMatching(/Loaded\./)]);
  expect(await exit(writeFolder({ 'people.csv': council['people.csv'].replace('email', 'e-mail') }))).toEqual(
    [1, expect.stringMatching(/people\.csv\n {2}row 1, e-mail: /)],
  );
});
