import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeEach(async () => {
  kent = await openKentCommandLine();
});
afterEach(() => kent.close());

/** Every row of the file with these words in it, whatever it is; found by other means than the command's. */
function rowsWith(...words: string[]): string[] {
  const db = new DatabaseSync(kent.at('planwatch.db'), { readOnly: true });
  const rows = db.prepare('SELECT kind, id, data FROM document').all() as {
    kind: string;
    id: string;
    data: string;
  }[];
  db.close();
  const isIn = (text: string) => words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
  return rows.filter(({ id, data }) => isIn(id) || isIn(data)).map(({ kind, id }) => `${kind} ${id}`);
}

async function held(person: string, out = kent.at('held.json')) {
  const { exitCode } = await kent.run('held-about', person, '--out', out, '--force');
  expect(exitCode).toBe(0);
  return JSON.parse(readFileSync(out, 'utf8'));
}

test('every document with their id, name or address is given, whole, with why it is kept', async () => {
  const { person, documents } = await held('Priya Raman');
  const found = documents.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`).sort();
  expect(found).toEqual(rowsWith(person.id, person.name, person.email).sort());
  expect(found.length).toBeGreaterThan(5);
  for (const { why, data, fields } of documents) {
    expect(why.length).toBeGreaterThan(10);
    expect(data).toBeTruthy();
    expect(fields.length).toBeGreaterThan(0);
  }
});

test('the page says the same to people, with nothing in it that runs', async () => {
  await kent.run('held-about', 'Priya Raman', '--out', kent.at('held.html'));
  const page = readFileSync(kent.at('held.html'), 'utf8');
  const { documents } = await held('Priya Raman');
  expect(page.match(/<tr>/g)).toHaveLength(documents.length);
  expect(page).toContain('What is held about Priya Raman');
  expect(page).not.toMatch(/<script|onclick|https?:\/\//i);
});

test('whoever is nobody here, or one of several, is asked for again, and giving out is in the audit trail', async () => {
  expect(await kent.run('held-about', 'Nobody Known', '--out', kent.at('x.json'))).toMatchObject({
    exitCode: 1,
  });
  const { person } = await held('Priya Raman');
  const { entries } = JSON.parse((await kent.run('audit', '--json')).out);
  expect(entries[0]).toMatchObject({ act: 'held-about-exported', about: { person: person.id } });
});
