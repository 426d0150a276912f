import { findPeople } from '../../src/domain/find-people.ts';
import { person } from '../support/bot.ts';

const people = ['Sam Whitlock', 'Sam Whitlock Jones', 'Priya Raman', 'x'.repeat(250)].map((name, at) =>
  person(`p${at}`, { name }),
);
const found = (name: string) => findPeople(people, name).map(({ id }) => id);

test('a whole name is that one person, a beginning or a near miss whoever it could be', () => {
  expect(found(' sam whitlock ')).toEqual(['p0']);
  expect(found('sam')).toEqual(['p0', 'p1']);
  expect(found('Prya Ramann')).toEqual(['p2']);
  expect(found('Nobody Atall')).toEqual([]);
});

test('of what is too long for a name only the beginning is looked for, so that it costs no more', () => {
  expect(found('x'.repeat(300))).toEqual(['p3']);
  expect(found('x'.repeat(30_000))).toEqual(['p3']);
});
