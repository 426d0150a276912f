import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

const said = async (text: string, name = 'Priya Raman') => wordsOf(await bot.say(name, text));
const council = { tenant: kentTenant, year: null };
const stored = async (name: string) =>
  (await bot.store.list(council, 'person')).find(({ data }) => data.name === name)!.data;
const priya = () => stored('Priya Raman');

test('reminders are turned off and on, and shown', async () => {
  expect(await said('reminders off')).toContain('Reminders are off');
  expect(await priya()).toMatchObject({ reminders: 'off' });
  expect(pressesOf(await bot.say('Priya Raman', 'reminders')).map(({ title }) => title)).toContain(
    'Turn reminders on',
  );
  expect(await said('reminders on')).toContain('Reminders are on');
  expect(await priya()).toMatchObject({ reminders: 'on', snoozedUntil: null });
});

test('a snooze is until a day before what is due next', async () => {
  expect(await said('snooze until 19 October 2009')).toContain('No reminder before 19 October 2009');
  expect(await priya()).toMatchObject({ snoozedUntil: '2009-10-19' });
  expect(await said('snooze until 21 October 2009')).toContain('Write a day up to 20 October 2009');
  expect(await said('snooze until 1 October 2009')).toContain('Write a day after today');
  expect(await said('snooze until soon')).toContain('for example, “snooze until 15 October 2009”');
  expect(await said('reminders')).toContain('On, none before 19 October 2009');
  expect(await said('reminders on')).not.toContain('none before');
});

test('a deputy is named from one day to another, and ended', async () => {
  const words = await said('deputy Martin Hollis from 14 October 2009 to 23 October 2009');
  expect(words).toContain('Martin Hollis stands in for you');
  expect((await priya()).deputy).toMatchObject({ from: '2009-10-14', to: '2009-10-23' });
  expect(await said('reminders')).toContain('Martin Hollis, now, 14 October 2009 to 23 October 2009');
  expect(await said('deputy none')).toContain('Nobody stands in for you');
  expect((await priya()).deputy).toBeNull();
});

test.each([
  ['deputy Nobody Atall from 16 October 2009 to 23 October 2009', 'Nobody here is called'],
  ['deputy Priya Raman from 16 October 2009 to 23 October 2009', 'Choose someone else'],
  ['deputy Grace Adeyemi from 16 October 2009 to 23 October 2009', 'can’t give updates'],
  ['deputy Sam Whitlock from 23 October 2009 to 16 October 2009', 'before the first'],
  ['deputy Sam Whitlock from 12 October 2009 to 23 October 2009', 'That day is over'],
  ['deputy Sam Whitlock from 1 May 2009 to 12 May 2009', 'That day is over'],
  ['deputy Sam Whitlock from 16 October 2009 to 12 May 2019', 'more than a year'],
  ['deputy Sam Whitlock from now to 12 May 2010', 'Write, for example'],
])('“%s” is asked about', async (text, words) => {
  expect(await said(text)).toContain(words);
  expect((await priya()).deputy).toBeNull();
});

test('those who give no updates have no reminders', async () => {
  expect(await said('reminders off', 'Grace Adeyemi')).toContain('for people who give updates');
  expect(await said('my updates', 'Grace Adeyemi')).not.toContain('Reminders and cover');
});

test('help says how', async () => {
  const help = await said('help');
  expect(help).toContain('reminders off');
  expect(help).toContain('deputy NAME from DATE to DATE');
});

test('what someone chooses is neither shown nor changed in a channel', async () => {
  for (const text of [
    'reminders',
    'reminders off',
    'deputy Sam Whitlock from 16 October 2009 to 23 October 2009',
  ]) {
    const words = wordsOf(await bot.say('Priya Raman', text, inChannel('open')));
    expect(words).toContain('Send “reminders” to me in our own chat');
  }
  expect(await priya()).toMatchObject({ reminders: 'on', deputy: null });
});

/** Opens the card, and gives what its form carries. */
const seenBy = async (name: string) => {
  const { card } = await bot.press(name, 'reminders');
  return pressesOf(card).find(({ verb }) => verb === 'name-deputy')!.data;
};
const press = async (verb: string, data: object, name = 'Priya Raman') =>
  (await bot.press(name, verb, data)).card;
const inputs = (card: unknown): Record<string, unknown>[] => {
  if (Array.isArray(card)) return card.flatMap(inputs);
  if (card === null || typeof card !== 'object') return [];
  const own = card as Record<string, unknown>;
  return [...(String(own.type).startsWith('Input.') ? [own] : []), ...Object.values(own).flatMap(inputs)];
};
const valuesOf = (card: unknown) =>
  Object.fromEntries(inputs(card).map(({ id, value }) => [id as string, value]));
/** Waits until the outbox is empty, so that no notice comes between a question and its answer. */
async function sent(): Promise<void> {
  const open = ['waiting', 'sending'];
  while ((await bot.store.list(council, 'delivery')).some(({ data: { state } }) => open.includes(state))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const toldOf = async (about: string) =>
  (await bot.store.list(council, 'delivery')).filter(
    ({ data: { message } }) => message.kind === 'notice' && message.notice.about === about,
  );

describe('on the card', () => {
  afterEach(sent);
  beforeAll(async () => {
    await said('hi', 'Martin Hollis');
    await said('hi', 'Priya Raman');
  });

  test('reminders are turned off and on by a press', async () => {
    const off = await press('set-reminders', { reminders: 'off' });
    expect(wordsOf(off)).toContain('✔ Reminders are off');
    const on = pressesOf(off).find(({ title }) => title === 'Turn reminders on')!;
    expect(wordsOf(await press(on.verb, on.data))).toContain('✔ Reminders are on');
  });

  test('a snooze is chosen among days before the due date, or given', async () => {
    const until = inputs((await bot.press('Priya Raman', 'reminders')).card).find(
      ({ id }) => id === 'until',
    )!;
    const days = (until.choices as { value: string }[]).map(({ value }) => value);
    expect(days).toEqual(['2009-10-17', '2009-10-20']);
    expect(wordsOf(await press('snooze-reminders', { until: days[0] }))).toContain(
      'No reminder before 17 October 2009',
    );
    expect(await priya()).toMatchObject({ snoozedUntil: '2009-10-17' });
    const late = await press('snooze-reminders', { untilDay: '2009-10-21' });
    expect(wordsOf(late)).toContain('⚠ Your next update is due 21 October 2009');
    expect(valuesOf(late)).toMatchObject({ untilDay: '2009-10-21' });
    const both = await press('snooze-reminders', { until: days[0], untilDay: '2009-10-18' });
    expect(wordsOf(both)).toContain('not both');
    expect(wordsOf(await press('snooze-reminders', {}))).toContain('⚠ Choose a day.');
    expect(await priya()).toMatchObject({ snoozedUntil: '2009-10-17' });
    await said('reminders on');
  });

  test('a faulty cover comes back with everything still in it', async () => {
    const typed = { deputy: 'Grace Adeyemi', from: '2009-10-12', to: '2009-10-09' };
    const card = await press('name-deputy', { ...(await seenBy('Priya Raman')), ...typed });
    expect(valuesOf(card)).toMatchObject(typed);
    for (const words of ['3 answers', 'Grace Adeyemi can’t give updates', 'That day is over']) {
      expect(wordsOf(card)).toContain(words);
    }
    const nobody = await press('name-deputy', { ...typed, deputy: 'Nobody Atall' });
    expect(wordsOf(nobody)).toContain('Nobody here is called “Nobody Atall”');
    expect((await priya()).deputy).toBeNull();
  });

  test('pressing twice names the deputy once, and tells them once', async () => {
    const given = {
      ...(await seenBy('Priya Raman')),
      deputy: 'Martin Hollis',
      from: '2009-10-19',
      to: '2009-10-23',
    };
    const before = bot.teams.cards().length;
    for (const card of [await press('name-deputy', given), await press('name-deputy', given)]) {
      expect(wordsOf(card)).toContain('✔ Martin Hollis stands in for you');
      expect(wordsOf(card)).toContain('I have told Martin Hollis.');
    }
    expect(await toldOf('stands-in')).toHaveLength(1);
    await sent();
    const notice = wordsOf(bot.teams.cards()[before]);
    expect(notice).toContain('You stand in for Priya Raman');
    expect(notice).toContain('19 October 2009 to 23 October 2009');
    expect(await said('reminders', 'Martin Hollis')).toContain(
      'Priya Raman, 19 October 2009 to 23 October 2009',
    );
    expect(await said('deliveries', 'Grace Adeyemi')).toContain('Who stands in for whom');
  });

  test('a card that is out of date changes nothing and shows what is set now', async () => {
    const old = await seenBy('Priya Raman');
    await said('deputy Joanne Threlfall from 20 October 2009 to 22 October 2009');
    const given = { ...old, deputy: 'Martin Hollis', from: '2009-10-26', to: '2009-10-30' };
    const card = await press('name-deputy', given);
    expect(wordsOf(card)).toContain('changed meanwhile');
    expect(wordsOf(card)).toContain('Joanne Threlfall, 20 October 2009 to 22 October 2009');
    expect(valuesOf(card)).toMatchObject({ deputy: 'Martin Hollis', from: '2009-10-26' });
    expect((await priya()).deputy).toMatchObject({ from: '2009-10-20' });
    expect(wordsOf(await press('end-deputy', old))).toContain('changed meanwhile');
    const again = pressesOf(card).find(({ verb }) => verb === 'name-deputy')!.data;
    expect(wordsOf(await press('name-deputy', { ...given, ...again }))).toContain('✔ Martin Hollis');
    expect((await priya()).deputy).toMatchObject({ from: '2009-10-26' });
  });

  test('a deputy who can’t be reached is said at once', async () => {
    const given = { ...(await seenBy('Priya Raman')), from: '2009-10-26', to: '2009-10-27' };
    const card = await press('name-deputy', { ...given, deputy: 'Gavin Treadwell' });
    expect(wordsOf(card)).toContain('⚠ I can’t reach Gavin Treadwell');
    expect(wordsOf(card)).toContain('I have told Martin Hollis.');
    expect(await toldOf('stands-in-no-more')).toHaveLength(2);
  });

  test('a cover is ended once however often it is pressed, and a running one keeps its first day', async () => {
    const { data } = pressesOf((await bot.press('Priya Raman', 'reminders')).card).find(
      ({ verb }) => verb === 'end-deputy',
    )!;
    for (const card of [await press('end-deputy', data), await press('end-deputy', data)]) {
      expect(wordsOf(card)).toContain('✔ Nobody stands in for you');
    }
    expect((await priya()).deputy).toBeNull();
  });

  test('someone who is a deputy and goes away is warned, and so is the one they cover', async () => {
    await said('deputy Martin Hollis from 26 October 2009 to 30 October 2009');
    const card = await press(
      'name-deputy',
      {
        ...(await seenBy('Martin Hollis')),
        deputy: 'Joanne Threlfall',
        from: '2009-10-28',
        to: '2009-11-06',
      },
      'Martin Hollis',
    );
    expect(wordsOf(card)).toContain('⚠ You stand in for Priya Raman in these days. I have told Priya Raman');
    const [told] = await toldOf('deputy-away');
    expect(told!.data.conversation).toMatchObject({ id: (await priya()).conversation!.id });
    await sent();
    expect(await said('cover', 'Grace Adeyemi')).toContain('⚠ away too');
    const refused = await press(
      'name-deputy',
      { ...(await seenBy('Fiona Abernathy')), deputy: 'Martin Hollis', from: '2009-11-01', to: '2009-11-03' },
      'Fiona Abernathy',
    );
    expect(wordsOf(refused)).toContain('Martin Hollis is away too, from 28 October 2009 to 6 November 2009');
    await said('deputy none');
    await sent();
    await said('deputy none', 'Martin Hollis');
  });

  test('two people who name each other at one moment are not both away', async () => {
    const days = { from: '2009-11-09', to: '2009-11-13' };
    const [one, other] = [await seenBy('Priya Raman'), await seenBy('Martin Hollis')];
    await Promise.all([
      press('name-deputy', { ...one, ...days, deputy: 'Martin Hollis' }),
      press('name-deputy', { ...other, ...days, deputy: 'Priya Raman' }, 'Martin Hollis'),
    ]);
    const away = [await priya(), await stored('Martin Hollis')].filter(({ deputy }) => deputy !== null);
    expect(away).toHaveLength(1);
  });
});
