import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

const council = { tenant: kentTenant, year: null };
const [clerk, officer, head] = ['Grace Adeyemi', 'Sam Whitlock', 'Tom Okafor'];
const idOf = (name: string) => bot.people.find((each) => each.name === name)!.id;
const press = async (name: string, verb: string, data: object = {}) =>
  (await bot.press(name, verb, data)).card;
const storedDeputy = async (name: string) =>
  (await bot.store.read(council, 'person', idOf(name)))!.data.deputy;
const amend = async (name: string, over: object) => {
  const { data, version, id } = (await bot.store.read(council, 'person', idOf(name)))!;
  await bot.store.write(council, [
    { change: 'replace', kind: 'person', id, version, data: { ...data, ...over } },
  ]);
};
const chat = (id: string) => ({ id, serviceUrl: bot.teams.serviceUrl });
const notices = async () =>
  (await bot.store.list(council, 'delivery')).flatMap(({ data: { message, conversation } }) =>
    message.kind === 'notice' ? [`${message.notice.about} to ${conversation.id}`] : [],
  );

/** The cells of a card's table, row by row. */
function rowsOf(card: unknown): string[][] {
  if (Array.isArray(card)) return card.flatMap(rowsOf);
  if (card === null || typeof card !== 'object') return [];
  const part = card as { type?: string; cells?: object[] };
  if (part.type === 'TableRow') return [part.cells!.map((cell) => textsOf(cell).join(' '))];
  return Object.values(card).flatMap(rowsOf);
}
function textsOf(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(textsOf);
  if (card === null || typeof card !== 'object') return [];
  const part = card as { type?: string; text?: string };
  return part.type === 'TextBlock' ? [part.text!] : Object.values(card).flatMap(textsOf);
}

const covers = {
  'Priya Raman': { person: () => idOf('Martin Hollis'), from: '2009-10-12', to: '2009-10-23' },
  'Joanne Threlfall': { person: () => idOf('Kwame Boateng'), from: '2009-11-02', to: '2009-11-06' },
};

describe('who covers whom', () => {
  beforeAll(async () => {
    await amend('Martin Hollis', { conversation: chat('martin') });
    for (const [name, { person, ...days }] of Object.entries(covers)) {
      await amend(name, { deputy: { person: person(), ...days } });
    }
  });
  afterAll(async () => {
    for (const name of Object.keys(covers)) await amend(name, { deputy: null });
  });

  test('is a table for clerks: who, by whom, when, and what is missing as “late” counts it', async () => {
    const rows = rowsOf(await bot.say(clerk, 'cover'));
    expect(rows.map(([who]) => who)).toEqual([
      'Away',
      'Priya Raman ● Now 12 October 2009 to 23 October 2009',
      'Joanne Threlfall ○ Later 2 November 2009 to 6 November 2009',
    ]);
    expect(rows[1]![1]).toBe('Martin Hollis');
    expect(rows[2]![1]).toBe('Kwame Boateng ⚠ I can’t reach them');
    const late = textsOf(await bot.say(clerk, 'late'));
    expect(late.join('\n')).toContain('Priya Raman (covered by Martin Hollis)');
    const [overdue, awaited] = /^(\d+) overdue (\d+) awaited$/.exec(rows[1]![2]!)!.slice(1).map(Number);
    const mine = pressesOf(await bot.say('Priya Raman', 'my updates')).filter(
      ({ title }) => title === 'Give',
    );
    expect(overdue! + awaited!).toBe(mine.length);
  });

  test('is for a head of service that of their own plans', async () => {
    const year = { tenant: kentTenant, year: '2009/10' };
    const plans = (await bot.store.list(year, 'plan')).map(({ data }) => data);
    const kpis = (await bot.store.list(year, 'kpi')).map(({ data }) => data);
    for (const { name } of bot.people.filter(({ roles }) => roles.includes('head-of-service'))) {
      const own = new Set(
        plans.filter(({ headOfService }) => headOfService === idOf(name)).map(({ ref }) => ref),
      );
      const isTheirs = (who: string) =>
        kpis.some(({ plan, accountableManager }) => own.has(plan) && accountableManager === idOf(who));
      const words = wordsOf(await bot.say(name, 'cover'));
      const shown = Object.keys(covers).filter((who) => words.includes(who));
      expect([name, shown]).toEqual([name, Object.keys(covers).filter(isTheirs)]);
    }
  });

  test('means to a manager their own cover', async () => {
    expect(wordsOf(await bot.say('Priya Raman', 'cover'))).toContain('Martin Hollis, now');
  });

  test('is not told in a channel, nor is who is away', async () => {
    for (const text of ['cover', 'unreachable', 'cover for Priya Raman']) {
      const words = wordsOf(await bot.say(officer, text, inChannel('open')));
      expect(words).toContain('to me in our own chat');
      expect(words).not.toContain('Martin Hollis');
    }
    expect(wordsOf(await bot.say(clerk, 'late', inChannel('open')))).not.toContain('covered by');
  });
});

describe('an officer', () => {
  const days = { from: '2009-10-14', to: '2009-10-30' };

  test('sets cover for someone who is ill, from today, and both are told once', async () => {
    await amend('Fiona Abernathy', { conversation: chat('fiona') });
    const form = await bot.say(officer, 'cover for Fiona');
    const { data } = pressesOf(form).find(({ verb }) => verb === 'set-cover')!;
    const given = { ...data, person: 'Fiona Abernathy', deputy: 'Martin Hollis', ...days };
    for (let times = 1; times <= 2; times++) {
      const words = wordsOf(await press(officer, 'set-cover', given));
      expect(words).toContain('✔ Martin Hollis stands in for Fiona Abernathy');
      expect(words).toContain('I have told Martin Hollis and Fiona Abernathy.');
    }
    expect(await storedDeputy('Fiona Abernathy')).toEqual({ person: idOf('Martin Hollis'), ...days });
    expect((await notices()).sort()).toEqual(['covered to fiona', 'stands-in to martin']);
  });

  test('is shown the cover that there is before it is changed or ended', async () => {
    const given = { person: 'Fiona Abernathy', deputy: 'Joanne Threlfall', ...days };
    for (const verb of ['set-cover', 'end-cover']) {
      const words = wordsOf(await press(officer, verb, { ...given, seen: '' }));
      expect(words).toContain('has a cover already');
      expect(words).toContain(
        'Martin Hollis stands in for Fiona Abernathy, 14 October 2009 to 30 October 2009',
      );
    }
    expect(await storedDeputy('Fiona Abernathy')).toMatchObject({ person: idOf('Martin Hollis') });
    const again = await press(officer, 'set-cover', { ...given, seen: '' });
    const { data } = pressesOf(again).find(({ verb }) => verb === 'end-cover')!;
    expect(wordsOf(await press(officer, 'end-cover', { ...given, ...data }))).toContain(
      '✔ Nobody stands in for Fiona Abernathy',
    );
    expect(await storedDeputy('Fiona Abernathy')).toBeNull();
  });

  test('is told what is wrong, with what was chosen still there', async () => {
    const given = { person: clerk, deputy: 'Martin Hollis', from: '2009-10-01', to: '' };
    const words = wordsOf(await press(officer, 'set-cover', given));
    expect(words).toContain('Grace Adeyemi gives no updates');
    expect(words).toContain('That day is over');
    expect(words).toContain('Give the last day');
    expect(words).toContain('3 answers need another look');
  });
});

describe('who can’t be reached', () => {
  test('is everyone who gives updates, heads a plan or stands in, with why and since when', async () => {
    await amend('Priya Raman', {
      conversation: {
        ...chat('priya'),
        stopped: { why: 'blocked', code: 'ConversationBlockedByUser', at: '2009-10-12T09:00:00.000Z' },
      },
    });
    const card = await bot.say(clerk, 'unreachable');
    const words = textsOf(card).join('\n');
    expect(words).toContain('Priya Raman (priya.raman@kent.example)');
    expect(words).toContain('Planwatch is blocked in their chat, since 12 October 2009.');
    expect(words).toContain('Has never added Planwatch in Teams.');
    expect(words).toContain('Ask them to add the Planwatch app');
    expect(words).not.toContain('Martin Hollis');
    expect(words).not.toContain('Cllr');
    expect(wordsOf(await bot.say(head, 'unreachable'))).toContain('Only clerks and performance officers');
  });

  test('says when Planwatch was removed, and forgets it once it is back', async () => {
    await bot.say('Joanne Threlfall', 'hi');
    await bot.tell('Joanne Threlfall', { type: 'installationUpdate', action: 'remove' });
    const shown = async () => {
      let words = '';
      for (let page = 1; page < 5; page++) words += wordsOf(await press(clerk, 'unreachable', { page }));
      return words;
    };
    expect(await shown()).toContain('Planwatch was removed from their Teams, since');
    await bot.say('Joanne Threlfall', 'hi');
    expect(await shown()).not.toContain('Planwatch was removed from their Teams, since');
  });
});
