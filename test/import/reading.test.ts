import { added, changed, council, readSound } from './council-folder.ts';

const kpi = async (row: string) => {
  const { kpis } = await readSound(added('kpis.csv', row));
  return kpis.find(({ ref }) => ref === 'X')!;
};

const updateOf = async (row: string) => {
  const { kpiUpdates } = await readSound(added('kpi_updates.csv', row));
  return kpiUpdates.at(-1)!;
};

test('settings that are left out get the product’s defaults', async () => {
  const { settings } = await readSound();
  expect(settings).toMatchObject({
    timeZone: 'Europe/London',
    rating: { method: 'relative', greenWithin: '0', amberWithin: '10' },
    trend: 'previous-period',
    calendar: {
      opensAfterDays: 1,
      dueAfterDays: 21,
      lockAfterDays: 42,
      remindBeforeDays: [7, 2],
      chaseEveryDays: 7,
      tellHeadAfterDays: 7,
      bankHolidays: 'england',
      daysOff: [],
      writeFromHour: 9,
      writeUntilHour: 17,
    },
    statements: [],
    notice: null,
    playgroundDate: null,
  });
});

test('a tenant’s id is kept in lower case, as Teams writes it', async () => {
  const given = JSON.parse(council['council.json']);
  given.tenantId = given.tenantId.toUpperCase();
  const { settings } = await readSound({ 'council.json': JSON.stringify(given) });
  expect(settings.tenantId).toBe('6b1f0d5e-2009-4010-8a38-00000000000a');
});

test('a tolerance in council.json is kept exactly as it was written', async () => {
  const given = JSON.parse(council['council.json']);
  given.rating = { greenWithin: 0.1, amberWithin: '7.50' };
  const { settings } = await readSound({ 'council.json': JSON.stringify(given) });
  expect(settings.rating).toMatchObject({ greenWithin: '0.1', amberWithin: '7.5' });
});

test('commas, quotation marks and line breaks inside quoted cells belong to the text', async () => {
  const { kpiUpdates } = await readSound(
    changed('kpi_updates.csv', ['"Wet weather, then frost"', '"Wet, ""very"" wet\r\n\r\nthen frost"']),
  );
  expect(kpiUpdates[1]!.commentary).toBe('Wet, "very" wet\n\nthen frost');
});

test('rows and columns that are blank are passed over, wherever they stand', async () => {
  const plans = council['plans.csv'].split('\n');
  const spread = [plans[0], ',,,,,,,,', plans[1], '', plans[2], plans[3], ',,,,,,,,', '', '   ,,'];
  const { plans: read } = await readSound({ 'plans.csv': spread.map((row) => `${row},,`).join('\n') });
  expect(read.map(({ ref }) => ref)).toEqual(['ENVD', 'HWY', 'CARE']);
});

test('headings may stand in any order and either case', async () => {
  const { people } = await readSound({
    'people.csv':
      'Name,E mail,ROLES\nAnn Head,ann.head@testshire.example,\nBen,ben.manager@testshire.example,\n'.replace(
        'E mail',
        'Email',
      ),
  });
  expect(people[0]).toMatchObject({ name: 'Ann Head', email: 'ann.head@testshire.example' });
});

test('spaces that nobody sees, at the ends or between words, make no difference', async () => {
  const update = await updateOf(
    ' hwy-03\u00a0,2009/10\u00a0Q1 ,\u00a01\u00a0234 ,,,\u00a0no ,,,,,BEN.manager@testshire.example ,',
  );
  expect(update).toMatchObject({ kpi: 'HWY-03', period: '2009/10 Q1', result: '1234', provisional: false });
  expect(update.submittedBy).not.toBeNull();
});

test.each([
  ['HWY-03,2009/10 Q1,"1,234"', '1234'],
  ['HWY-03,2009/10 Q1,43101', '43101'],
  ['CARE-01,2009/10 Q1,91.20%', '91.2'],
  ['CARE-01,2009/10 Q1,097.930', '97.93'],
  ['CARE-03,2009/10,Yes', '1'],
  ['CARE-03,2009/10,n', '0'],
  ['HWY-02,2009/10 M04,4.5 days', '4.5'],
])('the figure of %s is %s', async (row, result) => {
  expect(await updateOf(`${row},,,,,,,,,`)).toMatchObject({ result });
});

test('a result comes unrounded from numerator and denominator, whatever is printed beside them', async () => {
  expect(await updateOf('CARE-01,2009/10 Q1,46.67,14,30,,,,,,,')).toMatchObject({
    result: '46.66666666666666666665',
    numerator: '14',
    denominator: '30',
  });
});

test('a row that nobody has filled in yet is left out', async () => {
  const { kpiUpdates } = await readSound(added('kpi_updates.csv', 'CARE-01,2009/10 Q1,,,,,,,,,,'));
  expect(kpiUpdates).toHaveLength((await readSound()).kpiUpdates.length);
});

test.each([
  ['2009-07-10', '2009-07-10T11:00:00Z'],
  ['2009-11-10', '2009-11-10T12:00:00Z'],
  ['2009-11-16', '2009-11-16T12:00:00Z'],
  ['2009-07-10T09:30:00+01:00', '2009-07-10T08:30:00Z'],
  ['2009-07-10 09:30', '2009-07-10T08:30:00Z'],
  ['', null],
])('submitted_at %s is the instant %s', async (cell, instant) => {
  expect(await updateOf(`CARE-01,2009/10 Q1,50,,,,,,,,,${cell}`)).toMatchObject({ submittedAt: instant });
});

test('a target that isn’t a number is kept as the plan’s words', async () => {
  expect(await kpi('X,HWY,Words,,percent,higher,,,,As good as the best,,,,,,,')).toMatchObject({
    target: 'As good as the best',
  });
  expect(await kpi('X,HWY,Range,,percent,higher,,,,85-90%,,,,,,,')).toMatchObject({ target: '85-90%' });
  expect(await kpi('X,HWY,Number,,gbp,higher,,,,"£1,200",,,,,,,')).toMatchObject({ target: '1200' });
});

test('a KPI that says no more than its ref, plan and title is a quarterly number', async () => {
  expect(await kpi('X,HWY,Bare,,,,,,,,,,,,,,')).toMatchObject({
    kind: 'target',
    unit: 'number',
    decimals: 0,
    polarity: 'higher',
    frequency: 'quarterly',
    yearToDate: 'latest',
    target: null,
    method: null,
    accountableManager: null,
  });
});

test('words of a list may be written with spaces and capitals', async () => {
  expect(await kpi('X,HWY,Half,Data only,Rate: 1000,Lower,Half yearly,,,,,,,,,,YES')).toMatchObject({
    kind: 'data-only',
    unit: 'rate:1000',
    polarity: 'lower',
    frequency: 'half-yearly',
    core: true,
  });
});

test('terms are periods of a KPI that is reported by term', async () => {
  const { kpiUpdates } = await readSound({
    ...added('kpis.csv', 'X,CARE,Absence,,percent,lower,termly,,,5,,,,,,,'),
    ...added('kpi_updates.csv', 'X,2009/10 T1,6,,,,,,,,,'),
  });
  expect(kpiUpdates.at(-1)).toMatchObject({ kpi: 'X', period: '2009/10 T1' });
});

test('the target profile belongs to its KPI, and refs lead there whatever their case', async () => {
  const { kpis } = await readSound(changed('kpi_targets.csv', ['HWY-01,2009/10 Q1', 'hwy-01,2009/10 q1']));
  expect(kpis[0]!.targets).toEqual({
    '2009/10 Q1': { target: '90', floor: '85' },
    '2009/10 Q2': { target: '92', floor: '87' },
  });
});

test('a plan without a portfolio belongs to the only one that covers its directorate', async () => {
  const { plans } = await readSound();
  expect(plans.map(({ ref, portfolio }) => [ref, portfolio])).toEqual([
    ['ENVD', 'highways'],
    ['HWY', 'highways'],
    ['CARE', 'care'],
  ]);
});

test('a milestone without a manager of its own has its project’s', async () => {
  const { milestones, projects } = await readSound();
  expect(projects[0]!.accountableManager).not.toBeNull();
  expect(milestones.map(({ accountableManager }) => accountableManager)).toEqual(
    milestones.map(() => projects[0]!.accountableManager),
  );
});

test('a deferred milestone keeps who decided, when, and the minute', async () => {
  const { milestoneUpdates } = await readSound();
  expect(milestoneUpdates[1]).toMatchObject({
    state: 'deferred',
    decision: { by: 'Cabinet', on: '2009-09-14', reference: 'Minute 42' },
  });
});
