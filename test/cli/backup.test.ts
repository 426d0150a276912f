import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
beforeEach(async () => {
  kent = await openKentCommandLine();
});
afterEach(() => kent.close());

const script = (name: string) => join(__dirname, '../contract/processes', `${name}.ts`);
type Row = { partition: { year: string | null }; kind: string; id: string; version: string; data: object };

/** Every document of a file, as a new process reads it. */
function dump(file: string, tenant = kentTenant): Row[] {
  const copy = `${file}.read`;
  copyFileSync(file, copy);
  const { stdout, status } = spawnSync(
    process.execPath,
    [script('dump'), copy, tenant, '2009/10', '2008/09'],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  expect(status).toBe(0);
  return JSON.parse(stdout);
}
const withoutTrail = (rows: Row[]) => rows.filter(({ kind }) => !kind.startsWith('audit-'));

test('a backup made while a writer is at work holds each batch whole, and all that was confirmed before', async () => {
  const writer = spawn(process.execPath, [script('submitter'), kent.at('planwatch.db'), 'writer'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const confirmed: string[] = [];
  const lines = createInterface({ input: writer.stdout! });
  lines.on('line', (number) => confirmed.push(number));
  try {
    for (let round = 1; round <= 3; round++) {
      const least = confirmed.length + 50;
      while (confirmed.length < least) await once(lines, 'line');
      const before = [...confirmed];
      const out = kent.at(`backup-${round}.db`);
      expect(await kent.run('backup', '--out', out)).toMatchObject({ exitCode: 0 });
      const parts = new Map<string, number>();
      for (const { kind, id } of dump(out, 'writer')) {
        if (kind === 'plan') parts.set(id.split(' ')[0]!, (parts.get(id.split(' ')[0]!) ?? 0) + 1);
      }
      expect([...parts.values()].filter((count) => count !== 3)).toEqual([]);
      expect(before.filter((number) => !parts.has(number))).toEqual([]);
      expect(readdirSync(kent.folder).filter((name) => name.startsWith(`backup-${round}.db.part`))).toEqual(
        [],
      );
    }
  } finally {
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }
});

test('a backup restored in another place gives a new process every document as it was', async () => {
  const before = dump(kent.at('planwatch.db'));
  await kent.run('backup', '--out', kent.at('backup.db'));
  expect(dump(kent.at('backup.db'))).toEqual(before);
  const elsewhere = { ...process.env, PLANWATCH_SQLITE_FILE: kent.at('new/place.db') };
  const { status, stdout } = spawnSync(
    process.execPath,
    ['src/cli/index.ts', 'restore', kent.at('backup.db')],
    {
      env: elsewhere,
      encoding: 'utf8',
    },
  );
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^Restored .*place\.db: [\d,]+ documents of 1 council\./),
  ]);
  expect(withoutTrail(dump(kent.at('new/place.db')))).toEqual(withoutTrail(before));
  expect(
    dump(kent.at('new/place.db'))
      .filter(({ kind }) => kind === 'audit-entry')
      .map(({ data }) => (data as { act: string }).act),
  ).toContain('store-restored');
  expect((await kent.run('audit', '--verify')).exitCode).toBe(0);
});

test('a store that holds something newer is left alone, unless it is forced; then it is kept beside', async () => {
  await kent.run('backup', '--out', kent.at('backup.db'));
  await kent.run('calendar', 'move', 'Q2', '--due', '2009-10-28', '--reason', 'The survey is late.');
  const newer = dump(kent.at('planwatch.db'));
  expect(await kent.run('restore', kent.at('backup.db'))).toMatchObject({
    exitCode: 1,
    err: expect.stringMatching(/holds \d+ documents that the backup has not.*--force/),
  });
  expect(dump(kent.at('planwatch.db'))).toEqual(newer);
  const { exitCode, out } = await kent.run('restore', kent.at('backup.db'), '--force', '--json');
  expect(exitCode).toBe(0);
  const { aside } = JSON.parse(out);
  expect(dump(aside)).toEqual(newer);
  expect(withoutTrail(dump(kent.at('planwatch.db')))).toEqual(withoutTrail(dump(kent.at('backup.db'))));
});

test('a store in use is never replaced', async () => {
  await kent.run('backup', '--out', kent.at('backup.db'));
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  await store.tenants();
  for (const force of [[], ['--force']]) {
    expect(await kent.run('restore', kent.at('backup.db'), ...force)).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/is in use\. Stop the bot/),
    });
  }
  await store.close();
  expect(await kent.run('restore', kent.at('backup.db'), '--force')).toMatchObject({ exitCode: 0 });
});

test('what waited to be sent is not sent again by itself', async () => {
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  const data = {
    conversation: { id: 'one', serviceUrl: 'http://127.0.0.1/' },
    message: { kind: 'digest', digest: 'none' },
    state: 'waiting',
    attempts: 0,
    createdAt: '2009-10-14T08:00:00.000Z',
    claimedBy: null,
    activityId: null,
    reason: null,
    cause: 'test',
  } as const;
  const year = { tenant: kentTenant, year: '2009/10' };
  await store.write(year, [{ change: 'create', kind: 'delivery', id: 'first', data, dueAt: data.createdAt }]);
  await store.close();
  await kent.run('backup', '--out', kent.at('backup.db'));
  expect((await kent.run('restore', kent.at('backup.db'), '--force')).out).toContain('1 message waited');
  const after = openSqliteStore({ file: kent.at('planwatch.db') });
  expect((await after.read(year, 'delivery', 'first'))!.data).toMatchObject({ state: 'unknown' });
  expect(await after.due(year, '2030-01-01T00:00:00.000Z', 10)).toEqual([]);
  await after.close();
});

describe('what is no sound backup is not restored', () => {
  /** Everything in the store's file, byte by byte of each row. */
  function rows(): unknown[] {
    const db = new DatabaseSync(kent.at('planwatch.db'), { readOnly: true });
    const all = db.prepare('SELECT * FROM document ORDER BY partition, kind, id').all();
    db.close();
    return all;
  }

  async function refused(file: string): Promise<string> {
    const before = rows();
    const { exitCode, err } = await kent.run('restore', file, '--force');
    expect(exitCode).toBe(1);
    expect(rows()).toEqual(before);
    return err;
  }

  test('nothing at all, and a file of something else', async () => {
    expect(await refused(kent.at('none.db'))).toContain('There is no backup');
    writeFileSync(kent.at('letter.txt'), 'Dear Sir or Madam, '.repeat(1000));
    expect(await refused(kent.at('letter.txt'))).toContain(
      `${kent.at('letter.txt')} is no store of Planwatch`,
    );
  });

  test('a damaged one', async () => {
    await kent.run('backup', '--out', kent.at('backup.db'));
    const bytes = readFileSync(kent.at('backup.db'));
    bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 60_000);
    writeFileSync(kent.at('backup.db'), bytes);
    expect(await refused(kent.at('backup.db'))).toMatch(/damaged/);
  });

  test.each(['PRAGMA user_version = 99', 'UPDATE document SET schema = 99'])(
    'a newer one: %s',
    async (sql) => {
      await kent.run('backup', '--out', kent.at('backup.db'));
      const db = new DatabaseSync(kent.at('backup.db'));
      db.exec(sql);
      db.close();
      expect(await refused(kent.at('backup.db'))).toContain('newer version of Planwatch');
    },
  );

  test.each([
    ["CREATE TRIGGER t AFTER UPDATE ON document BEGIN DELETE FROM document WHERE kind = 'hold'; END"],
    ['CREATE VIEW v AS SELECT * FROM document'],
    ['CREATE TABLE more (a)'],
    ['ALTER TABLE document RENAME TO real; CREATE VIEW document AS SELECT * FROM real'],
    ['CREATE UNIQUE INDEX i ON document (kind, json(data))'],
    ['ALTER TABLE document ADD COLUMN more TEXT CHECK (more IS NULL)'],
    [
      'PRAGMA writable_schema = ON; INSERT INTO sqlite_schema ' +
        "VALUES ('trigger', 'sqlite_t', 'document', 0, 'CREATE TRIGGER sqlite_t AFTER INSERT ON document " +
        "BEGIN DELETE FROM document; END')",
    ],
    [
      "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0, " +
        "'CREATE VIEW sqlite_stat1 AS SELECT * FROM document')",
    ],
  ])('one that someone put more into: %s', async (sql) => {
    await kent.run('backup', '--out', kent.at('backup.db'));
    const db = new DatabaseSync(kent.at('backup.db'), { defensive: false });
    db.exec(sql);
    db.close();
    expect(await refused(kent.at('backup.db'))).toContain('what no store of Planwatch holds');
  });
});

test('a backup in which SQLite has kept statistics is restored like any other', async () => {
  await kent.run('backup', '--out', kent.at('backup.db'));
  const db = new DatabaseSync(kent.at('backup.db'));
  db.exec('ANALYZE');
  db.close();
  expect(await kent.run('restore', kent.at('backup.db'), '--force')).toMatchObject({ exitCode: 0 });
});

test('a backup is not written over another, and needs a folder', async () => {
  await kent.run('backup', '--out', kent.at('backup.db'));
  expect(await kent.run('backup', '--out', kent.at('backup.db'))).toMatchObject({ exitCode: 1 });
  expect(await kent.run('backup', '--out', kent.at('backup.db'), '--force')).toMatchObject({ exitCode: 0 });
  expect(await kent.run('backup', '--out', kent.at('none/backup.db'))).toMatchObject({ exitCode: 1 });
  expect(existsSync(kent.at('none'))).toBe(false);
});

test('a backup is never written over the store, whatever it is called', async () => {
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  await store.tenants();
  symlinkSync(kent.at('planwatch.db'), kent.at('link.db'));
  for (const name of ['planwatch.db', './planwatch.db', 'link.db', 'planwatch.db-wal', 'planwatch.db-shm']) {
    expect(await kent.run('backup', '--out', kent.at(name), '--force')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('is the store itself'),
    });
  }
  await store.close();
});

test('the store, a backup, a restored store and what is held about a person are for their user alone', async () => {
  const modeOf = (name: string) => (statSync(kent.at(name)).mode & 0o777).toString(8);
  await kent.run('backup', '--out', kent.at('backup.db'));
  await kent.run('held-about', 'Priya Raman', '--out', kent.at('held.html'));
  const store = openSqliteStore({ file: kent.at('planwatch.db') });
  await store.tenants();
  const names = ['planwatch.db', 'planwatch.db-wal', 'planwatch.db-shm', 'backup.db', 'held.html'];
  expect(names.map(modeOf)).toEqual(names.map(() => '600'));
  await store.close();
  await kent.run('restore', kent.at('backup.db'), '--force');
  expect(modeOf('planwatch.db')).toBe('600');
});
