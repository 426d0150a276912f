import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { createPlan, plan, someYear } from './sample-documents.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-'));
  file = join(folder, 'new', 'planwatch.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const script = (name: string) => join(__dirname, 'processes', `${name}.ts`);
const start = (name: string, ...args: string[]) =>
  spawn(process.execPath, [script(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = async (child: ChildProcess) => (await once(child, 'exit'))[0];

describe('two processes on one SQLite file', () => {
  it("read each other's commits at their next read", async () => {
    const year = someYear();
    const store = openSqliteStore({ file });
    await store.write(year, [createPlan('KHS')]);
    for (const title of ['Once', 'Twice', 'Three times']) {
      const before = [
        await store.read(year, 'plan', 'KHS'),
        await store.list(year, 'plan', { tier: 'division' }),
      ];
      const peer = spawnSync(process.execPath, [script('peer'), file, year.tenant, title], {
        stdio: 'inherit',
      });
      expect(peer.status).toBe(0);
      const read = await store.read(year, 'plan', 'KHS');
      expect(read!.data.title).toBe(title);
      expect(await store.list(year, 'plan', { tier: 'division' })).toEqual([read]);
      expect(before).not.toContain(read);
      // And the other process replaces what this one has written since.
      const data = plan('KHS', { title: `${title} seen` });
      const { version } = read!;
      const replacement = { change: 'replace', kind: 'plan', id: 'KHS', version, data } as const;
      expect(await store.write(year, [replacement])).toMatchObject({ ok: true });
    }
    await store.close();
  });

  it('lose no write of each other, opening a new file at the same moment', async () => {
    const year = someYear();
    const names = ['Ashford', 'Canterbury', 'Dover'];
    const children = names.map((name) => start('counter', file, year.tenant, name, '200'));
    expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0]);
    const store = openSqliteStore({ file });
    expect((await store.read(year, 'digest-page', 'counter'))!.data.page).toBe(600);
    expect(await store.list(year, 'plan')).toHaveLength(600);
    await store.close();
  });
});

describe('a process that is killed in mid-write', () => {
  it('has kept every batch that it reported, and no part of another', async () => {
    for (const killAfter of [1, 40, 333]) {
      const year = someYear();
      const child = start('submitter', file, year.tenant);
      const reported: string[] = [];
      for await (const number of createInterface({ input: child.stdout! })) {
        reported.push(number);
        if (reported.length === killAfter) child.kill('SIGKILL');
      }
      const store = openSqliteStore({ file });
      const parts = new Map<string, number>();
      for (const { id } of await store.list(year, 'plan')) {
        const batch = id.split(' ')[0]!;
        parts.set(batch, (parts.get(batch) ?? 0) + 1);
      }
      expect(reported.length).toBeGreaterThanOrEqual(killAfter);
      expect([...parts.keys()]).toEqual(expect.arrayContaining(reported));
      expect([...parts.values()].filter((count) => count !== 3)).toEqual([]);
      await store.close();
    }
  });
});
