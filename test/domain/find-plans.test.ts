import fc from 'fast-check';
import { findPlans } from '../../src/domain/find-plans.ts';
import type { Plan } from '../../src/domain/plan.ts';

const directorates = [
  { ref: 'ER', name: 'Environment & Regeneration' },
  { ref: 'CMY', name: 'Communities' },
  { ref: 'CFE', name: 'Children, Families & Education' },
];

const plan = (ref: string, directorate: string, title: string, units: string[] = []): Plan => ({
  ref,
  title,
  tier: 'service',
  directorate,
  parent: null,
  portfolio: directorate,
  headOfService: null,
  classification: 'unrestricted',
  units,
});

const plans = [
  plan('ER-KHS', 'ER', 'Kent Highway Services', ['Network Management', 'Road safety']),
  plan('ER-EW', 'ER', 'Environment and Waste', ['Waste Management', 'Heritage Conservation']),
  plan('ER-RES', 'ER', 'Resources', ['Personnel']),
  plan('CMY-LIB', 'CMY', 'Libraries and Archives Service', ['Mobile libraries']),
  plan('CMY-YTH', 'CMY', 'Kent Youth Service', ['Outdoor education']),
  plan('CMY-YOS', 'CMY', 'Youth Offending Service', ['Prevention']),
  plan('CMY-RES', 'CMY', 'Policy and Resources', ['Highways liaison']),
  plan('CFE-CSS', 'CFE', "Children's Social Services", ['Adoption', 'Fostering']),
  plan('CFE-SO', 'CFE', 'School Organisation', ['Early Years and Childcare']),
  plan('CFE-SA', 'CFE', 'Standards and Achievements Division', ['Early Years and Childcare Unit']),
];

const answer = (text: string): string | string[] => {
  const found = findPlans(plans, directorates, text);
  if (found.kind === 'one') return found.plan.ref;
  return found.kind === 'several' ? found.plans.map(({ ref }) => ref) : [];
};

describe('a plan is found', () => {
  test.each([
    ['by its ref', 'ER-KHS', 'ER-KHS'],
    ['by its ref in other letters', ' er khs ', 'ER-KHS'],
    ['by its title', 'Kent Highway Services', 'ER-KHS'],
    ['by its title, though another has the word too', 'resources', 'ER-RES'],
    ['by a word of its title, though another has a unit of that name', 'highways', 'ER-KHS'],
    ['by the beginning of a word', 'librar', 'CMY-LIB'],
    ['by & for and', 'Environment & Waste', 'ER-EW'],
    ['whatever apostrophe is typed', 'children’s social', 'CFE-CSS'],
    ['by one of its units', 'adoption', 'CFE-CSS'],
    ['by its title and the word plan', 'the youth offending plan', 'CMY-YOS'],
    ['with a letter missing', 'highwys', 'ER-KHS'],
    ['with a letter missing, in the singular', 'libary', 'CMY-LIB'],
    ['with two words misspelt', 'yuth ofending', 'CMY-YOS'],
    ['with a unit misspelt', 'fosterring', 'CFE-CSS'],
  ])('%s', (_, text, ref) => {
    expect(answer(text)).toBe(ref);
  });
});

test('when several fit, each is offered', () => {
  expect(answer('youth')).toEqual(expect.arrayContaining(['CMY-YTH', 'CMY-YOS']));
  expect(answer('early years')).toEqual(expect.arrayContaining(['CFE-SO', 'CFE-SA']));
  expect(answer('Communities')).toEqual(['CMY-YTH', 'CMY-LIB', 'CMY-RES', 'CMY-YOS']);
  expect(answer('environment & regeneration')).toHaveLength(3);
});

test('a plan that fits only in part is named as near, never taken', () => {
  const found = findPlans(plans, directorates, 'highways and parking');
  expect(found.kind).toBe('none');
  expect(found.kind === 'none' && found.nearest[0]?.ref).toBe('ER-KHS');
});

test('when none fits, at most five that look alike are named', () => {
  const found = findPlans(plans, directorates, 'reservoirs');
  expect(found.kind === 'none' && found.nearest.map(({ ref }) => ref)).toContain('ER-RES');
  expect(findPlans(plans, directorates, 'xyzzy')).toEqual({ kind: 'none', nearest: [] });
  expect(findPlans(plans, directorates, '  ')).toEqual({ kind: 'none', nearest: [] });
  expect(findPlans([], directorates, 'highways')).toEqual({ kind: 'none', nearest: [] });
});

test('the same title twice is offered twice', () => {
  const twins = [plan('A', 'ER', 'Resources'), plan('B', 'CMY', 'Resources')];
  expect(findPlans(twins, directorates, 'Resources')).toEqual({ kind: 'several', plans: twins });
});

test('the index is kept with its array of plans', () => {
  const growing = [plan('A', 'ER', 'Parks')];
  findPlans(growing, directorates, 'parks');
  growing.push(plan('B', 'ER', 'Parking'));
  expect(findPlans(growing, directorates, 'parking').kind).toBe('none');
  expect(findPlans([...growing], directorates, 'parking')).toMatchObject({ kind: 'one', plan: { ref: 'B' } });
});

test('no words make it fail, and every whole ref and title finds its plan', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const found = findPlans(plans, directorates, text);
      if (found.kind === 'several') expect(found.plans.length).toBeGreaterThan(1);
      if (found.kind === 'none') expect(found.nearest.length).toBeLessThanOrEqual(5);
    }),
  );
  for (const { ref, title } of plans) {
    expect(answer(ref)).toBe(ref);
    expect(answer(title.toUpperCase())).toBe(ref);
  }
});
