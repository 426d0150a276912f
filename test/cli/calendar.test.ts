import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeEach(async () => {
  kent = await openKentCommandLine();
});
afterEach(() => kent.close());

const quarters = async () => JSON.parse((await kent.run('calendar', '--json')).out);
const move = (...args: string[]) =>
  kent.run('calendar', 'move', 'Q2', '--due', '2009-10-28', '--reason', 'The survey is late.', ...args);

test('the year’s periods are listed with the formal points', async () => {
  const { exitCode, out } = await kent.run('calendar');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^Period +Opens +Due +Locks +State +Formal point/);
  expect(out).toMatch(/2009\/10 Q2 +2009-10-01 +2009-10-21 +\S+ +open +mid term/);
  expect((await kent.run('calendar', '--frequency', 'monthly')).out).toContain('2009/10 M12');
  expect(await kent.run('calendar', '--frequency', 'daily')).toMatchObject({ exitCode: 2 });
  expect(await kent.run('calendar', '--year', '2031/32')).toMatchObject({ exitCode: 1 });
});

test('a period is moved once however often it is asked for, and a fault moves nothing', async () => {
  const first = await move();
  expect(first).toMatchObject({ exitCode: 0, out: expect.stringContaining('is due 2009-10-28') });
  expect((await move()).out).toBe(first.out);
  expect(await kent.run('calendar', 'move', 'Q2', '--due', '2009-10-25', '--reason', 'No.')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('The council is closed on 25 October 2009'),
  });
  expect(await kent.run('calendar', 'move', 'Q2', '--due', '2009-10-28')).toMatchObject({ exitCode: 2 });
  const { periods, moves } = await quarters();
  expect(periods[1]).toMatchObject({ due: '2009-10-28', moved: { reason: 'The survey is late.', by: null } });
  expect(moves).toHaveLength(1);
  expect((await kent.run('calendar')).out).toContain('moved: The survey is late.');
});

test('loading the folder again keeps the move and changes nothing', async () => {
  await move();
  const before = await quarters();
  const { out } = await kent.run('import', 'samples/kent-2009-10');
  expect(out).toMatch(/nothing|unchanged|already/i);
  expect(await quarters()).toEqual(before);
});
