import { runOnce } from './command-line.ts';

const run = (...args: string[]) => runOnce(args, {}, '2026-11-21T09:00:00.000Z');

test('a quarter of the sample council is run, and the same seed gives the same', async () => {
  const args = ['simulate', '--from', '2009-04-01', '--to', '2009-06-05', '--seed', '7', '--json'];
  const first = await run(...args);
  expect(first.exitCode).toBe(0);
  const { totals, weeks } = JSON.parse(first.out);
  expect(weeks[0].from).toBe('2009-03-30');
  for (const key of ['asked', 'reminded', 'chased', 'told', 'given', 'messages']) {
    expect([key, totals[key] > 0]).toEqual([key, true]);
  }
  expect(totals.messages).toBeLessThanOrEqual(totals.asked + totals.reminded + totals.chased + totals.told);
  expect((await run(...args)).out).toBe(first.out);
}, 60_000);

test('each week says who was asked, and the end says how often', async () => {
  const { out } = await run('simulate', '--from', '2009-04-27', '--to', '2009-05-08');
  expect(out).toMatch(/^Week of 27 April 2009\n {2}Asked 21: .*Priya Raman/m);
  expect(out).toMatch(/^Week of 4 May 2009\n {2}Updates given: 8/m);
  expect(out).toMatch(/^Messages to people +21$/m);
  expect(out).toContain('Seed 1.');
}, 60_000);

test.each([
  [['--from', 'soon', '--to', '2009-05-03'], 2],
  [['--from', '2009-05-03', '--to', '2009-05-01'], 2],
  [['--from', '2009-05-03', '--to', '2029-05-01'], 2],
  [['--from', '2009-05-03', '--to', '2009-05-04', '--council-folder', 'nowhere'], 1],
])('%j is refused', async (args, code) => {
  expect((await run('simulate', ...args)).exitCode).toBe(code);
});
