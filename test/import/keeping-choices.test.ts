import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { nameDeputy } from '../../src/usecases/name-deputy.ts';
import { snoozeReminders, turnReminders } from '../../src/usecases/set-reminders.ts';
import { type Kent, openKent } from '../support/kent.ts';

let kent: Kent;
beforeAll(async () => {
  kent = await openKent();
});
afterAll(() => kent.close());

test('loading the folder again keeps reminders, a snooze and a deputy', async () => {
  const priya = await kent.as('Priya Raman');
  const people = (await kent.store.list(priya.council, 'person')).map(({ data }) => data);
  const other = people.find(({ roles, name }) => roles.includes('manager') && name !== 'Priya Raman')!;
  await turnReminders(kent.deps, priya, 'off');
  await snoozeReminders(kent.deps, priya, '2009-10-19');
  await nameDeputy(kent.deps, priya, other.name, { from: '2009-10-20', to: '2009-10-30' });
  const chosen = (await kent.as('Priya Raman')).actor.person;
  const read = await readCouncilFolder('samples/kent-2009-10', kent.deps.wallNow());
  if (!read.ok) throw new Error('the sample has faults');
  await importCouncil(kent.deps, read.data, {});
  expect((await kent.as('Priya Raman')).actor.person).toEqual(chosen);
  expect(chosen).toMatchObject({ reminders: 'on', snoozedUntil: '2009-10-19', deputy: { person: other.id } });
});
