import { type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

/** Nearly all that one request may be. */
const long = 'x'.repeat(900_000);
const period = `2009/10${' '.repeat(900_000)}x`;

test.each<[verb: string, data: object]>([
  ['plan-status', { plan: long }],
  ['plan-status', { plan: 'KHS', period: long }],
  ['plan-status', { plan: 'KHS', period }],
  ['plan-status', { plan: 'KHS', digest: long }],
  ['digest-plan', { plan: 'KHS', digest: period }],
  ['kpi-history', { kpi: long }],
  ['kpi-history', { kpi: 'KHS-01', period: long, digest: long }],
  ['open-form', { item: long }],
  ['open-form', { item: `kpi/KHS-01@${period}` }],
  ['digest-page', { digest: period }],
  ['off-target', { scope: long }],
  ['calendar', { year: long, frequency: long }],
  ['submit-kpi', { form: long }],
  ['name-deputy', { deputy: long, from: '2009-11-02', to: '2009-11-06' }],
  ['nothing', { verb: long }],
])('%s with a text of 900,000 characters is answered in short', async (verb, data) => {
  for (const name of ['Priya Raman', 'A Stranger']) {
    const { card } = await bot.press(name, verb, data);
    const said = JSON.stringify(card);
    expect(said.length).toBeLessThan(40_000);
    expect(said).not.toContain('x'.repeat(1001));
  }
});

test('a plan that is opened with what is no digest’s id has no way back to one', async () => {
  const back = async (digest: string) => {
    const { card } = await bot.press('Priya Raman', 'plan-status', { plan: 'KHS', digest });
    return pressesOf(card).filter(({ verb }) => verb === 'digest-page');
  };
  expect(await back('2009/10 Q2~scrutiny')).toHaveLength(1);
  expect(await back('d'.repeat(1001))).toEqual([]);
});

test('whoever types far too much is told so and shown what they typed', async () => {
  const opened = await bot.press('Priya Raman', 'open-form', { item: 'kpi/KHS-02@2009/10 M06' });
  const { data } = pressesOf(opened.card).find(({ verb }) => verb === 'submit-kpi')!;
  const commentary = `Began ${'well. '.repeat(10_000)}`;
  const { card } = await bot.press('Priya Raman', 'submit-kpi', { ...data, result: '91', commentary });
  expect(wordsOf(card)).toMatch(/This is [\d,]+ characters and the most is 2,000/);
  expect(JSON.stringify(card)).toContain('Began well. well.');
  expect(pressesOf(card).some(({ verb }) => verb === 'submit-kpi')).toBe(true);
});

test('a schedule in far too many words is not lost', async () => {
  const words = `every friday at 9${' and every monday'.repeat(200)}`;
  const officer = bot.people.find(({ roles }) => roles.includes('performance-officer'))!.name;
  const { card } = await bot.press(officer, 'set-schedule', { words });
  expect(wordsOf(card)).toContain('every friday at 9 and every monday');
});
