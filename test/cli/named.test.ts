import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeAll(async () => {
  kent = await openKentCommandLine();
});
afterAll(() => kent.close());

test('a portfolio is named by its ref or its name, and one that there isn’t is told with those there are', async () => {
  const found = await kent.run('off-target', '--portfolio', 'nowhere');
  expect(found.exitCode).toBe(1);
  expect(found.err).toMatch(/^I don’t know the portfolio “nowhere”\. There are: /);
  const [, name, ref] = /There are: ([^;(]+) \(([^)]+)\)/.exec(found.err)!;
  const byRef = await kent.run('off-target', '--portfolio', ref!);
  const byName = await kent.run('off-target', '--portfolio', name!);
  expect(byRef).toMatchObject({ exitCode: 0, out: expect.stringContaining(`${name}, Quarter`) });
  expect(byName).toEqual(byRef);
});

test('a name that is like no plan’s says where all plans are shown', async () => {
  const { exitCode, err } = await kent.run('status', 'xqxqxq');
  expect([exitCode, err.trim()]).toEqual([
    1,
    'No plan is called “xqxqxq”.\nplanwatch status shows every plan.',
  ]);
});
