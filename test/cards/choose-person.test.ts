import { samplesOf, screens } from '../../scripts/card-gallery/screens.ts';
import { choiceOf, peopleChoices } from '../../src/teams/cards/choose-person.ts';
import { CARD_LIMIT, sizeOf } from '../../src/teams/cards/fitting.ts';
import { person } from '../support/bot.ts';
import { inputOf } from './reading.ts';

const cardFor = (screen: string, people: number) => {
  const { view } = samplesOf(screen)[0]!;
  return screens[screen]!({ ...view, part: 'cover', deputies: people, people });
};

test('a council’s 500 managers are all in the list that a manager chooses a deputy from', () => {
  const card = cardFor('reminders', 500);
  expect(inputOf(card, 'deputy')).toMatchObject({ type: 'Input.ChoiceSet', style: 'filtered' });
  expect(inputOf(card, 'deputy')!.choices).toHaveLength(500);
  expect(inputOf(card, 'deputyNamed')).toBeUndefined();
  expect(sizeOf(card)).toBeLessThan(CARD_LIMIT);
});

test('where there are too many for a card, whoever isn’t in the list can be written', () => {
  for (const [screen, field] of [
    ['reminders', 'deputyNamed'],
    ['set-cover', 'personNamed'],
  ] as const) {
    const card = cardFor(screen, 5000);
    expect(inputOf(card, field)).toMatchObject({ type: 'Input.Text' });
    expect(sizeOf(card)).toBeLessThan(CARD_LIMIT);
  }
});

test('namesakes are told apart, and who is away is shown', () => {
  const jo = [person('a', { name: 'Jo Smith' }), person('b', { name: 'Jo Smith' })];
  const deputy = { person: 'a', from: '2009-10-12', to: '2009-10-23' };
  const all = [...jo, person('c', { name: 'Ann Lee', deputy })];
  expect(peopleChoices(all, '2009-10-14', 10)).toEqual([
    { title: 'Jo Smith, a@kent.example', value: 'a' },
    { title: 'Jo Smith, b@kent.example', value: 'b' },
    { title: 'Ann Lee (away until 23 October 2009)', value: 'Ann Lee' },
  ]);
  expect(['a', 'c', 'Someone'].map((text) => choiceOf(text, all))).toEqual(['a', 'Ann Lee', 'Someone']);
});
