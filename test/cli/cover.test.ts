import type { Person } from '../../src/domain/people.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeAll(async () => {
  kent = await openKentCommandLine();
});
afterAll(() => kent.close());

const council = { tenant: kentTenant, year: null };
async function amend(name: string, over: (id: (name: string) => string) => Partial<Person>): Promise<void> {
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  const people = await store.list(council, 'person');
  const idOf = (wanted: string) => people.find(({ data }) => data.name === wanted)!.id;
  const { id, version, data } = people.find((each) => each.data.name === name)!;
  await store.write(council, [
    { change: 'replace', kind: 'person', id, version, data: { ...data, ...over(idOf) } },
  ]);
  await store.close();
}

test('cover is empty until someone is covered, and then a table and JSON', async () => {
  expect((await kent.run('cover')).out).toBe('Nobody is covered now or later.\n');
  await amend('Priya Raman', (idOf) => ({
    deputy: { person: idOf('Martin Hollis'), from: '2009-10-12', to: '2009-10-23' },
  }));
  const { exitCode, out } = await kent.run('cover');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^Person +Deputy +From +To +When +Overdue +Awaited/);
  expect(out).toMatch(/Priya Raman +Martin Hollis +2009-10-12 +2009-10-23 +now/);
  const { cover } = JSON.parse((await kent.run('cover', '--json')).out);
  const { updates } = JSON.parse((await kent.run('late', '--json')).out);
  const missing = updates.filter(({ manager }: { manager: string }) => manager === 'Priya Raman');
  expect(cover).toMatchObject([{ person: 'Priya Raman', when: 'now', doubt: 'deputy-not-reachable' }]);
  expect(cover[0].awaited + cover[0].overdue).toBe(missing.length);
});

test('unreachable says who, why and what is missing of them', async () => {
  const { people } = JSON.parse((await kent.run('unreachable', '--json')).out);
  expect(people.length).toBeGreaterThan(20);
  expect(people).toContainEqual(
    expect.objectContaining({
      person: 'Martin Hollis',
      email: 'martin.hollis@kent.example',
      why: 'never-installed',
      since: null,
      standsInFor: ['Priya Raman'],
    }),
  );
  expect(people.some(({ person }: { person: string }) => person.startsWith('Cllr'))).toBe(false);
  const conversation = { id: 'chat', serviceUrl: 'http://127.0.0.1/' };
  await amend('Martin Hollis', () => ({ conversation }));
  expect((await kent.run('unreachable')).out).not.toContain('martin.hollis@');
});
