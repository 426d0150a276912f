import fc from 'fast-check';
import { inOrderOfUrgency, itemsAskedFor } from '../../src/domain/due-items.ts';
import { compareRefs, inRefOrder } from '../../src/domain/ref-order.ts';
import { aKpi, council } from './examples.ts';

test('refs are ordered as people count', () => {
  const refs = ['K10', 'K2', 'KHS-P1-M10', 'K1', 'KHS-P1-M9', 'A12'];
  expect(refs.toSorted(compareRefs)).toEqual(['A12', 'K1', 'K2', 'K10', 'KHS-P1-M9', 'KHS-P1-M10']);
});

test('numbered refs come in the order of their numbers, whatever the order before', () => {
  const numbers = fc.uniqueArray(fc.nat(5000), { minLength: 2 });
  fc.assert(
    fc.property(numbers, (given) => {
      const shown = inRefOrder(given.map((number) => ({ ref: `KHS-${number}` }))).map(({ ref }) => ref);
      const counted = given.toSorted((a, b) => a - b).map((number) => `KHS-${number}`);
      expect(shown).toEqual(counted);
    }),
  );
});

test('what is asked for on one day is listed in the order of its refs', () => {
  const kpis = ['K1', 'K10', 'K2'].map((ref) => aKpi({ ref, title: `Title of ${ref}` }));
  const parts = { kpis, updates: [], milestones: [], milestoneUpdates: [] };
  const items = inOrderOfUrgency(itemsAskedFor(parts, council, '2009-10-14'));
  const quarter = items.filter(({ period }) => period.key === items[0]!.period.key);
  expect(quarter.map(({ ref }) => ref)).toEqual(['K1', 'K2', 'K10']);
});
