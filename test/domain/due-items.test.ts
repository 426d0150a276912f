import { itemsAskedFor } from '../../src/domain/due-items.ts';
import { aMilestone, council, said } from './examples.ts';

const nothing = { kpis: [], updates: [], milestones: [aMilestone()] };
const stateOn = (submittedAt: string) =>
  itemsAskedFor({ ...nothing, milestoneUpdates: [said({ submittedAt })] }, council, '2009-10-14')[0]!.state;

test('what is said of a milestone in the first hour of a summer’s opening day counts for the new quarter', () => {
  // Quarter 2 opens on 1 October, which in London began at 11pm of 30 September in universal time.
  expect(stateOn('2009-09-30T23:30:00Z')).toBe('given');
  expect(stateOn('2009-09-30T22:59:00Z')).toBe('due');
});
