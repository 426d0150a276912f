import fc from 'fast-check';
import { createPlan, plan, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

const hostile = [
  '',
  ' ',
  '.',
  '..',
  '../plan:KHS',
  '/',
  '\\',
  '?',
  '#',
  'a/b\\c?d#e',
  '%2F',
  '%',
  '~2F',
  '~~',
  ':',
  'plan:KHS',
  '|',
  '__proto__',
  'constructor',
  '\n',
  'a\u0000b',
  "'; DROP TABLE document; --",
  '" OR true',
  '19:abc@thread.tacv2;messageid=1',
  'Ω é 😀',
  '\u202egnp.exe',
  '\ud83d',
  'x'.repeat(2_000),
  `${'x'.repeat(2_000)}y`,
  '€'.repeat(500),
];

onEveryStore((current) => {
  it('keeps documents under any id, each apart from the others', async () => {
    const { store } = current();
    const year = someYear();
    for (const id of hostile) expect(await store.write(year, [createPlan(id)])).toMatchObject({ ok: true });
    for (const id of hostile) {
      const read = await store.read(year, 'plan', id);
      expect(read).toMatchObject({ id: id.toWellFormed(), data: plan(id) });
      expect((await store.list(year, 'plan', { ref: id.toWellFormed() })).length).toBeLessThanOrEqual(1);
    }
    const bytes = (text: string) => Buffer.from(text);
    const inOrder = hostile
      .map((id) => id.toWellFormed())
      .sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
    expect((await store.list(year, 'plan')).map(({ id }) => id)).toEqual(inOrder);
  });

  it('keeps councils and years of any name apart', async () => {
    const { store } = current();
    const names = hostile.filter((name) => name !== '');
    for (const tenant of names) {
      const title = `of ${tenant}`;
      await store.write({ tenant, year: tenant }, [createPlan('KHS', { title })]);
      await store.write({ tenant, year: null }, [createPlan('KHS', { title: 'its own' })]);
    }
    for (const tenant of names) {
      const [only, ...others] = await store.list({ tenant, year: tenant }, 'plan');
      expect(others).toEqual([]);
      expect(only!.data.title).toBe(`of ${tenant}`);
    }
  });

  it('gives back whatever text was kept', async () => {
    const { store } = current();
    const text = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(text, text, async (id, title) => {
        const year = someYear();
        const data = plan(id, { title, units: [title, id] });
        await store.write(year, [{ change: 'create', kind: 'plan', id, data }]);
        expect((await store.read(year, 'plan', id))!.data).toEqual(data);
        expect((await store.list(year, 'plan')).map(({ data }) => data)).toEqual([data]);
      }),
      { numRuns: 50 },
    );
  });
});
