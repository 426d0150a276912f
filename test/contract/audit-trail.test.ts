import type { Change } from '../../src/store/store.ts';
import { writeAct } from '../../src/usecases/audit-trail.ts';
import { auditIn, verifyAudit } from '../../src/usecases/read-audit.ts';
import { createPlan, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

onEveryStore((current) => {
  const who = (name: string) => ({ now: '2009-10-14T09:00:00.000Z', correlationId: name });
  const act = { act: 'schedule-set', about: { channel: 'one' } } as const;
  const trailOf = async (year: ReturnType<typeof someYear>) =>
    (await current().store.list(year, 'audit-entry')).map(({ data }) => data);

  test('nobody can change or remove an entry of the audit trail', async () => {
    const { store } = current();
    const year = someYear();
    await writeAct({ store }, year, who('one'), act);
    const [entry] = await store.list(year, 'audit-entry');
    const head = (await store.read(year, 'audit-head', 'head'))!;
    const { id, version, data } = entry!;
    const attempts: Change[] = [
      { change: 'replace', kind: 'audit-entry', id, version, data: { ...data, by: 'someone else' } },
      { change: 'remove', kind: 'audit-entry', id, version },
      { change: 'remove', kind: 'audit-head', id: 'head', version: head.version },
    ];
    for (const change of attempts) {
      await expect(store.write(year, [createPlan('KHS'), change])).rejects.toThrow(/is kept as it is/);
    }
    expect(await store.write(year, [{ change: 'create', kind: 'audit-entry', id, data }])).toMatchObject({
      conflict: 'exists',
    });
    expect(await store.list(year, 'audit-entry')).toEqual([entry]);
    expect(await store.list(year, 'plan')).toEqual([]);
  });

  test('acts at the same moment, in two processes, all get in, in one unbroken row', async () => {
    const year = someYear();
    const stores = [current().store, await current().another()];
    // A council was loaded once, and its own trail says so.
    const loaded = { act: 'import-begun', about: { year: year.year!, rerated: 'no' } } as const;
    await writeAct({ store: stores[0]! }, { ...year, year: null }, who('import'), loaded);
    const written = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        writeAct({ store: stores[at % 2]! }, year, who(`turn-${at}`), act, [createPlan(`PLAN-${at}`)]),
      ),
    );
    expect(written.every(({ ok }) => ok)).toBe(true);
    const entries = await trailOf(year);
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, at) => at + 1));
    expect(new Set(entries.map(({ cause }) => cause)).size).toBe(12);
    expect(await current().store.list(year, 'plan')).toHaveLength(12);
    const open = { tenant: year.tenant, council: { ...year, year: null }, years: [year.year!] } as never;
    expect((await verifyAudit(current() as never, open)).breaks).toEqual([]);
    expect(await auditIn(current() as never, open)).toHaveLength(13);
  });

  test('what can’t be done leaves no entry', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [createPlan('KHS')]);
    const written = await writeAct({ store }, year, who('late'), act, [createPlan('KHS')]);
    expect(written).toMatchObject({ ok: false, conflict: 'exists', at: 0 });
    expect(await trailOf(year)).toEqual([]);
  });
});
