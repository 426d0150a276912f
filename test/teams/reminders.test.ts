import { kentTenant } from '../support/kent.ts';
import { type KentBot, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

const said = async (text: string, name = 'Priya Raman') => wordsOf(await bot.say(name, text));
const council = { tenant: kentTenant, year: null };
const priya = async () =>
  (await bot.store.list(council, 'person')).find(({ data }) => data.name === 'Priya Raman')!.data;

test('reminders are turned off and on, and shown', async () => {
  expect(await said('reminders off')).toContain('Reminders are off');
  expect(await priya()).toMatchObject({ reminders: 'off' });
  expect(await said('reminders')).toContain('Your reminders are off');
  expect(await said('reminders on')).toContain('Reminders are on');
  expect(await priya()).toMatchObject({ reminders: 'on', snoozedUntil: null });
});

test('a snooze is until a day before what is due next', async () => {
  expect(await said('snooze until 19 October 2009')).toContain('No reminder before 19 October 2009');
  expect(await priya()).toMatchObject({ snoozedUntil: '2009-10-19' });
  expect(await said('snooze until 21 October 2009')).toContain('Write a day up to 20 October 2009');
  expect(await said('snooze until 1 October 2009')).toContain('Write a day after today');
  expect(await said('snooze until soon')).toContain('for example, “snooze until 15 October 2009”');
  expect(await said('reminders')).toContain('No reminder comes before 19 October 2009');
});

test('a deputy is named from one day to another, and ended', async () => {
  const people = (await bot.store.list(council, 'person')).map(({ data }) => data);
  const other = people.find(({ roles, name }) => roles.includes('manager') && name !== 'Priya Raman')!;
  const words = await said(`deputy ${other.name} from 12 October 2009 to 23 October 2009`);
  expect(words).toContain(`${other.name} stands in for you`);
  expect((await priya()).deputy).toMatchObject({ from: '2009-10-12', to: '2009-10-23' });
  expect(await said('reminders')).toContain('12 October 2009 to 23 October 2009');
  expect(await said('deputy none')).toContain('Nobody stands in for you');
  expect((await priya()).deputy).toBeNull();
});

test.each([
  ['deputy Nobody Atall from 12 October 2009 to 23 October 2009', 'Nobody here is called'],
  ['deputy Priya Raman from 12 October 2009 to 23 October 2009', 'someone else’s name'],
  ['deputy Grace Adeyemi from 12 October 2009 to 23 October 2009', 'can’t give updates'],
  ['deputy Sam Whitlock from 23 October 2009 to 12 October 2009', 'before the first'],
  ['deputy Sam Whitlock from 1 May 2009 to 12 May 2009', 'are over'],
  ['deputy Sam Whitlock from now to 12 May 2010', 'Write, for example'],
])('“%s” is asked about', async (text, words) => {
  expect(await said(text)).toContain(words);
});

test('those who give no updates have no reminders', async () => {
  expect(await said('reminders off', 'Grace Adeyemi')).toContain('for people who give updates');
});

test('help says how', async () => {
  const help = await said('help');
  expect(help).toContain('reminders off');
  expect(help).toContain('deputy NAME from DATE to DATE');
});
