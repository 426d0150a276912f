import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openFile } from '../../src/store/sqlite/file.ts';
import { duePartitionsSql, dueSql, listSql } from '../../src/store/sqlite/queries.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { createPlan, page, plan, someYear } from './sample-documents.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-'));
  file = join(folder, 'planwatch.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a SQLite file', () => {
  it('has everything again when it is opened again', async () => {
    const year = someYear();
    const first = openSqliteStore({ file });
    await first.write(year, [createPlan('KHS')]);
    const read = await first.read(year, 'plan', 'KHS');
    await first.close();
    const second = openSqliteStore({ file });
    expect(await second.read(year, 'plan', 'KHS')).toEqual(read);
    const { version } = read!;
    const data = plan('KHS', { title: 'Highways' });
    const changes = [{ change: 'replace', kind: 'plan', id: 'KHS', version, data } as const];
    expect(await second.write(year, changes)).toMatchObject({ ok: true });
    await second.close();
  });

  it('takes what was being written when it is closed, and nothing afterwards', async () => {
    const year = someYear();
    const store = openSqliteStore({ file });
    const writing = store.write(year, [createPlan('A')]);
    await store.close();
    expect(await writing).toMatchObject({ ok: true });
    await expect(store.write(year, [createPlan('B')])).rejects.toThrow('The store is closed');
    await expect(store.read(year, 'plan', 'A')).rejects.toThrow('The store is closed');
    await store.close();
  });

  it('keeps nothing of what was changed or removed once it is expunged, while it is open', async () => {
    const year = someYear();
    const store = openSqliteStore({ file });
    const [old, gone] = ['The old title of a plan', 'The title of a plan that went'];
    await store.write(year, [createPlan('A', { title: old }), createPlan('B', { title: gone })]);
    const [a, b] = [(await store.read(year, 'plan', 'A'))!, (await store.read(year, 'plan', 'B'))!];
    await store.write(year, [
      { change: 'replace', kind: 'plan', id: 'A', version: a.version, data: plan('A', { title: 'New' }) },
      { change: 'remove', kind: 'plan', id: 'B', version: b.version },
    ]);
    const bytes = () => Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
    expect(bytes().includes(old)).toBe(true);
    await store.expunge();
    expect([bytes().includes(old), bytes().includes(gone)]).toEqual([false, false]);
    expect((await store.read(year, 'plan', 'A'))!.data.title).toBe('New');
    await store.close();
  });

  it('is refused when a newer version of Planwatch has written it', () => {
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteStore({ file })).toThrow(
      'newer version of Planwatch (layout 99). Update Planwatch.',
    );
  });

  it('reports a failed commit to everyone in it and keeps none of them', async () => {
    const year = someYear();
    const store = openSqliteStore({ file });
    await store.write(year, [createPlan('A')]);
    const db = new DatabaseSync(file);
    db.exec(
      "CREATE TRIGGER full BEFORE INSERT ON document WHEN new.id = 'B' BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
    );
    const results = await Promise.allSettled([
      store.write(year, [createPlan('before')]),
      store.write(year, [createPlan('B')]),
      store.write(year, [createPlan('after')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    db.exec('DROP TRIGGER full');
    db.close();
    expect((await store.list(year, 'plan')).map(({ id }) => id)).toEqual(['A']);
    expect(await store.write(year, [createPlan('B')])).toMatchObject({ ok: true });
    await store.close();
  });

  it('undoes one batch that fails for a reason of its own, and keeps its neighbours', async () => {
    const year = someYear();
    const store = openSqliteStore({ file });
    const db = new DatabaseSync(file);
    db.exec(
      "CREATE TRIGGER bad BEFORE INSERT ON document WHEN new.id = 'B' BEGIN SELECT RAISE(FAIL, 'bad'); END",
    );
    const results = await Promise.allSettled([
      store.write(year, [createPlan('before')]),
      store.write(year, [createPlan('with B'), createPlan('B')]),
      store.write(year, [createPlan('after')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.list(year, 'plan')).map(({ id }) => id)).toEqual(['after', 'before']);
    db.close();
    await store.close();
  });

  it('keeps nothing of what was removed or written over, not even while another process has it open', async () => {
    const year = someYear();
    const bot = openSqliteStore({ file });
    const line = openSqliteStore({ file });
    const titled = (ref: string, words: string) => plan(ref, { title: words.repeat(400) });
    const refs = Array.from({ length: 30 }, (_, at) => `P${at}`);
    for (const ref of refs) {
      const data = titled(ref, 'Somebody Erased ');
      await bot.write(year, [{ change: 'create', kind: 'plan', id: ref, data }]);
    }
    for (const [at, ref] of refs.entries()) {
      const own = { kind: 'plan', id: ref, version: (await line.read(year, 'plan', ref))!.version } as const;
      await line.write(year, [
        at % 2 === 0
          ? { change: 'remove', ...own }
          : { change: 'replace', ...own, data: titled(ref, at % 3 === 0 ? 'x' : 'Former officer ') },
      ]);
    }
    await line.close();
    const left = readdirSync(folder).filter((name) =>
      readFileSync(join(folder, name), 'latin1').includes('Somebody Erased'),
    );
    expect(left).toEqual([]);
    expect(await bot.list(year, 'plan')).toHaveLength(15);
    await bot.close();
  });

  it('finds a document where it was moved to, and no more where it was', async () => {
    const year = someYear();
    const first = openSqliteStore({ file });
    const own = { kind: 'digest-page', id: 'page' } as const;
    const created = await first.write(year, [{ change: 'create', ...own, data: page('Q1', 1) }]);
    const version = created.ok ? created.versions[0]! : '';
    await first.write(year, [{ change: 'replace', ...own, version, data: page('Q2', 1) }]);
    await first.close();
    const second = openSqliteStore({ file });
    const idsIn = async (digest: string) =>
      (await second.list(year, 'digest-page', { digest })).map(({ id }) => id);
    expect([await idsIn('Q1'), await idsIn('Q2')]).toEqual([[], ['page']]);
    await second.close();
  });

  it("finds a plan's, a manager's and a KPI's documents by index, whatever else is asked", () => {
    const db = openFile(file);
    const wayOf = (kind: string, ...fields: string[]) => {
      const sql = listSql(
        kind,
        fields.map((field) => ({ field, value: 'x' })),
      );
      const unbound = Array.from(sql.matchAll(/\?/g), () => 'x');
      const [step] = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...unbound) as { detail: string }[];
      return step!.detail;
    };
    expect(wayOf('kpi-update', 'plan')).toContain('USING INDEX by_plan (partition=? AND kind=? AND plan=?)');
    expect(wayOf('kpi-update', 'period', 'plan')).toContain('USING INDEX by_plan');
    expect(wayOf('kpi', 'accountableManager')).toContain('USING INDEX by_accountableManager');
    expect(wayOf('kpi-update-revision', 'kpi')).toContain('USING INDEX by_kpi');
    expect(wayOf('person', 'email')).toContain('(partition=? AND kind=?)');
    db.close();
  });

  it('finds what is due by index, one step for each partition, however much is waiting', () => {
    const db = openFile(file);
    const wayOf = (sql: string, ...values: string[]) =>
      (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(
        ({ detail }) => detail,
      );
    expect(wayOf(dueSql, 'p', 'x')).toEqual([
      'SEARCH document USING INDEX due_by_partition (partition=? AND due_at>? AND due_at<?)',
    ]);
    const steps = wayOf(duePartitionsSql, 'x').filter((step) => step.includes(' document'));
    expect(steps).toEqual([
      'SEARCH document USING COVERING INDEX due_by_partition',
      'SEARCH document USING COVERING INDEX due_by_partition (partition>?)',
      'SEARCH document USING COVERING INDEX due_by_partition (partition=? AND due_at>?)',
    ]);
    db.close();
  });
});
