import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeAll(async () => {
  kent = await openKentCommandLine();
});
afterAll(() => kent.close());

type Row = Record<string, string>;
const rowsOf = (file: string): Row[] => parse(readFileSync(file), { bom: true, columns: true });
const text = (figure: unknown) => (figure === null || figure === undefined ? '' : String(figure));
/** Both sides as JavaScript holds them: the paper keeps more places than JSON's numbers do. */
const figure = (cell: string) => (/^-?\d+(\.\d+)?$/.test(cell) ? String(Number(cell)) : cell);

type Plan = {
  ref: string;
  status: string;
  counts: Record<string, number>;
  kpis: Record<string, unknown>[];
  milestones: Record<string, unknown>[];
};
const statusJson = async (...args: string[]): Promise<Plan[]> =>
  JSON.parse((await kent.run('status', '--json', ...args)).out).plans;

test('all plans as csv are the figures of “status --json”, each KPI and milestone once', async () => {
  const { exitCode, err } = await kent.run(
    ...['export', 'all', '--include-exempt', '--format', 'csv', '--out', kent.at('all.csv')],
  );
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  const rows = rowsOf(kent.at('all.csv'));
  const plans = await statusJson();
  const kpis = rows.filter(({ kind }) => kind === 'kpi');
  const byRef = Map.groupBy(kpis, ({ ref }) => ref!);
  const expected = plans.flatMap(({ kpis: own }) => own);
  expect(kpis).toHaveLength(expected.length);
  for (const kpi of expected) {
    const [row, another] = byRef.get(String(kpi.ref)) ?? [];
    expect(another).toBeUndefined();
    expect({
      title: row!.title,
      period: row!.period,
      result: figure(row!.result!),
      floor: figure(row!.floor!),
      rating: row!.rating,
      trend: row!.trend,
      yearToDate: figure(row!.year_to_date!),
      forecast: figure(row!.forecast!),
      forecastRating: row!.forecast_rating,
      provisional: row!.provisional,
      due: row!.due,
    }).toEqual({
      title: kpi.title,
      period: text(kpi.period),
      result: text(kpi.result),
      floor: text(kpi.floor),
      rating: kpi.rating,
      trend: text(kpi.trend),
      yearToDate: text(kpi.yearToDate),
      forecast: text(kpi.forecast),
      forecastRating: text(kpi.forecastRating),
      provisional: kpi.provisional ? 'yes' : 'no',
      due: text(kpi.dueDate),
    });
  }
  const milestones = rows.filter(({ kind }) => kind === 'milestone');
  expect(milestones.map(({ ref, rating, days_late }) => [ref, rating, Number(days_late)]).sort()).toEqual(
    plans
      .flatMap((plan) => plan.milestones)
      .map(({ ref, rating, daysLate }) => [ref, rating, daysLate])
      .sort(),
  );
});

test('the totals are those of “status --json”, for whichever period', async () => {
  for (const period of ['2009/10 Q1', '2009/10 Q2', '2009/10 M08', '2009/10']) {
    const { out } = await kent.run(
      ...['export', 'all', '--include-exempt', '--format', 'csv', '--out', kent.at('totals.csv')],
      ...['--period', period, '--force', '--json'],
    );
    const total = JSON.parse(out);
    const plans = await statusJson('--period', period);
    const sums: Record<string, number> = {};
    for (const { counts } of plans) {
      for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    }
    expect(total).toMatchObject({ period, plans: plans.length, counts: sums, leftOut: 0 });
    expect(Object.values(total.counts as number[]).reduce((sum, count) => sum + count)).toBe(total.kpis);
    expect(rowsOf(kent.at('totals.csv')).filter(({ kind }) => kind === 'kpi')).toHaveLength(total.kpis);
  }
});

test('exempt and confidential plans are left out of all plans, and how many is said', async () => {
  const args = ['export', 'all', '--format', 'csv', '--out', kent.at('public.csv')];
  const { out } = await kent.run(...args);
  expect(out).toContain('36 plans, 169 KPIs');
  expect(out).toContain('2 plans that are exempt or confidential are left out of this paper.');
  expect(readFileSync(kent.at('public.csv'), 'utf8')).not.toMatch(/Commercial Services|COMSERV|EMP-/);
  const html = ['export', 'all', '--format', 'html', '--out', kent.at('public.html')];
  await kent.run(...html);
  const page = readFileSync(kent.at('public.html'), 'utf8');
  expect(page).toContain('2 plans that are exempt or confidential are left out of this paper.');
  expect(page).not.toMatch(/COMSERV|EMP-|not for publication/);
});

test('an exempt plan is marked at the top of its paper, and so is a paper with one among others', async () => {
  const one = await kent.run('export', 'COMSERV', '--format', 'html', '--out', kent.at('exempt.html'));
  expect(one.out).toContain('It is marked EXEMPT – not for publication.');
  const page = readFileSync(kent.at('exempt.html'), 'utf8');
  expect(page.indexOf('EXEMPT – not for publication</p>')).toBeLessThan(page.indexOf('<h1>'));
  const all = ['export', 'all', '--include-exempt', '--format', 'html', '--out', kent.at('with-exempt.html')];
  await kent.run(...all);
  const marking = /<p class="marking">(.*?)<\/p>/.exec(readFileSync(kent.at('with-exempt.html'), 'utf8'));
  expect(marking?.[1]).toBe('CONFIDENTIAL AND EXEMPT – not for publication');
});

test('a paper names accountable managers and nobody else, and carries no e-mail address', async () => {
  const people = parse(readFileSync('samples/kent-2009-10/people.csv'), { columns: true }) as Row[];
  const managers = ['kpis', 'projects', 'milestones'].flatMap((name) =>
    (parse(readFileSync(`samples/kent-2009-10/${name}.csv`), { columns: true }) as Row[]).map(
      ({ accountable_manager }) => accountable_manager,
    ),
  );
  const others = people.filter(({ email }) => !managers.includes(email)).map(({ name }) => name!);
  expect(others.length).toBeGreaterThan(5);
  for (const format of ['csv', 'html']) {
    const out = kent.at(`names.${format}`);
    await kent.run('export', 'all', '--include-exempt', '--format', format, '--out', out);
    const paper = readFileSync(out, 'utf8');
    expect(others.filter((name) => paper.includes(name))).toEqual([]);
    expect(paper.match(/\S+@\w+\.\w+/g)).toBeNull();
    expect(paper.includes('Priya Raman')).toBe(true);
  }
});

test('a file that is there is kept, unless it is to be replaced', async () => {
  const out = kent.at('kept.csv');
  writeFileSync(out, 'mine');
  const refused = await kent.run('export', 'KHS', '--format', 'csv', '--out', out);
  expect(refused).toMatchObject({ exitCode: 1, out: '' });
  expect(refused.err).toContain('is there already. Add --force to replace it');
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect(await kent.run('export', 'KHS', '--format', 'csv', '--out', out, '--force')).toMatchObject({
    exitCode: 0,
  });
  expect(rowsOf(out).every(({ plan }) => plan === 'KHS')).toBe(true);
});

test('what can’t be written is told in plain English and leaves nothing behind', async () => {
  mkdirSync(kent.at('folder'));
  const faults = [
    ['folder', 'is a folder. Give the name of a file in it.'],
    ['missing/paper.csv', 'is not there. Make it first'],
    ['planwatch.db/paper.csv', 'is not a folder'],
    ['planwatch.db', 'is a database, which is never replaced'],
    [`${'x'.repeat(300)}.csv`, 'The name of the file is too long'],
  ];
  const before = readdirSync(kent.folder);
  for (const [name, says] of faults) {
    for (const force of [[], ['--force']]) {
      const run = await kent.run('export', 'KHS', '--format', 'csv', '--out', kent.at(name!), ...force);
      expect(run.exitCode).toBe(1);
      expect(run.err).toContain(says);
    }
  }
  expect(readdirSync(kent.folder)).toEqual(before);
  expect(readdirSync(kent.at('folder'))).toEqual([]);
});

test.each([
  [['export', 'KHS', '--out', 'x.csv'], 2, /--format/],
  [['export', 'KHS', '--format', 'csv'], 2, /--out/],
  [['export', 'KHS', '--format', 'pdf', '--out', 'x'], 2, /csv, html, docx/],
  [['export', 'highwys and tarmac', '--format', 'csv', '--out', 'x'], 1, /No plan is called.*\n +KHS/],
  [['export', 'all', '--format', 'csv', '--out', 'x', '--period', '2009/10 Q9'], 1, /don’t know the period/],
])('%j ends with %i and a sentence', async (args, code, says) => {
  const { exitCode, err } = await kent.run(...args);
  expect(exitCode).toBe(code);
  expect(err).toMatch(says);
});
