import { cyclePost } from '../../src/teams/cycle-post.ts';
import { askPeople } from '../../src/usecases/ask-people.ts';
import { movePeriodIn } from '../../src/usecases/move-period.ts';
import { recheckMessage } from '../../src/usecases/recheck-message.ts';
import { openYear } from '../../src/usecases/session.ts';
import { pressesOf, wordsOf } from '../support/kent-bot.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
afterEach(() => council.close());

/** The card that a person would get on a day. */
async function cardOf(person: string, day: string): Promise<object | null> {
  council.setNow(`${day}T09:30:00Z`);
  await askPeople(council.deps, tenant, 'test');
  const checked = await recheckMessage(council.deps, tenant, `${person}~${day}`, 'test');
  const deps = { ...council.deps, dayLine: () => null, nudge: () => {} };
  return checked.outcome === 'wanted' ? cyclePost(deps)(checked.message) : null;
}
async function move(at: string, typed: object): Promise<void> {
  council.setNow(at);
  const open = await openYear(council.deps, tenant, 'test');
  await movePeriodIn(council.deps, open, '2009/10 Q2', { reason: 'The *survey* is late.', ...typed });
}

test.each([
  ['2009-10-01', /This is the mid-term point, when the plans are formally monitored/],
  ['2010-04-01', /This is the end-of-year point, when the plans are formally monitored/],
])('what opens on %s says that it is the formal point', async (day, words) => {
  council = await openSmallCouncil(['ann']);
  expect(wordsOf(await cardOf('ann', day))).toMatch(words);
});

test('what opens at any other time doesn’t', async () => {
  council = await openSmallCouncil(['ann']);
  expect(wordsOf(await cardOf('ann', '2009-07-01'))).not.toContain('formally');
});

test('whoever still has something to give sees the new dates and why above their updates', async () => {
  council = await openSmallCouncil(['ann']);
  await cardOf('ann', '2009-10-01');
  await move('2009-10-01T15:00:00Z', { due: '2009-10-28', locks: '2009-11-25' });
  const card = await cardOf('ann', '2009-10-02');
  const words = wordsOf(card);
  expect(words).toContain('Dates have moved');
  expect(words).toMatch(
    /Quarter 2 2009\/10 \(July to September\) has new dates: due 28 October 2009, was 21 October 2009; locks 25 November 2009, was/,
  );
  expect(words).toContain('Why: The \\*survey\\* is late.');
  expect(pressesOf(card).map(({ verb }) => verb)).toEqual(expect.arrayContaining(['open-form', 'calendar']));
});

test('whoever has given everything, and a head of service, get the dates alone', async () => {
  council = await openSmallCouncil(['ann']);
  await cardOf('ann', '2009-10-01');
  for (const month of ['M01', 'M02', 'M03', 'M04', 'M05', 'M06'])
    await council.give('ann-monthly', `2009/10 ${month}`);
  await council.give('ann-quarterly', '2009/10 Q1');
  await council.give('ann-quarterly', '2009/10 Q2');
  await move('2009-10-01T15:00:00Z', { due: '2009-10-28' });
  for (const person of ['ann', 'head']) {
    const card = await cardOf(person, '2009-10-02');
    expect(wordsOf(card)).toContain('due 28 October 2009, was 21 October 2009');
    expect(pressesOf(card).map(({ verb }) => verb)).toEqual(['calendar']);
  }
});
