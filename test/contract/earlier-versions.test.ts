import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, type Kind, permitted, SCHEMA_VERSION } from '../../src/store/documents.ts';
import { migrated } from '../../src/store/migrations.ts';
import type { Change } from '../../src/store/store.ts';
import { onEveryStore, type Planted } from './store-under-test.ts';

type Kept = Planted & { kind: Kind; year: string | null };

const folder = join(__dirname, '../fixtures/stores');
const releases = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
const keptBy = (release: string): Kept[] => JSON.parse(readFileSync(join(folder, `${release}.json`), 'utf8'));
const current: string = JSON.parse(readFileSync('package.json', 'utf8')).version;

test('there is a store of this release, with every kind of document in it', () => {
  expect(releases).toContain(current);
  const kinds = new Set(keptBy(current).map(({ kind }) => kind));
  expect((Object.keys(documents) as Kind[]).filter((kind) => !kinds.has(kind))).toEqual([]);
});

onEveryStore((under) => {
  describe.each(releases)('what %s kept', (release) => {
    test('is read as it was, whatever kind it is, and written again by this version', async () => {
      const { store, plant, another } = under();
      const tenant = randomUUID();
      for (const { year, ...document } of keptBy(release)) await plant({ tenant, year }, document);
      for (const { year, kind, id, schema, data } of keptBy(release)) {
        const partition = { tenant, year };
        const stored = await store.read(partition, kind, id);
        expect(stored!.data).toMatchObject(migrated(kind, schema, data) as object);
        expect((await store.list(partition, kind)).map((each) => each.id)).toContain(id);
        if (permitted[kind]?.includes('replace') === false) continue;
        const change = {
          change: 'replace',
          kind,
          id,
          version: stored!.version,
          data: stored!.data,
        } as Change;
        expect(await store.write(partition, [change])).toMatchObject({ ok: true });
        const elsewhere = await (await another()).read(partition, kind, id);
        expect(elsewhere!.data).toEqual(stored!.data);
      }
    });
  });

  test('what a newer version kept is refused politely, and nothing is written over it', async () => {
    const { store, plant } = under();
    const tenant = randomUUID();
    for (const { year, ...document } of keptBy(current).filter(({ kind }) => kind === 'plan')) {
      const partition = { tenant, year };
      await plant(partition, { ...document, schema: SCHEMA_VERSION + 1 });
      await expect(store.read(partition, document.kind, document.id)).rejects.toThrow(
        /was written by a newer version of Planwatch .*Update Planwatch\./,
      );
    }
  });
});

test('data goes from step to step up to this version’s shape, kind by kind', () => {
  const steps = {
    1: { plan: (data: unknown) => ({ ...(data as object), second: true }) },
    3: { plan: (data: unknown) => ({ ...(data as object), fourth: true }) },
  };
  expect(migrated('plan', 1, { first: true }, steps, 4)).toEqual({ first: true, second: true, fourth: true });
  expect(migrated('plan', 3, { first: true }, steps, 4)).toEqual({ first: true, fourth: true });
  expect(migrated('plan', 4, { first: true }, steps, 4)).toEqual({ first: true });
  expect(migrated('kpi', 1, { first: true }, steps, 4)).toEqual({ first: true });
});
