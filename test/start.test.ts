import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'planwatch-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const teamsMode = {
  PLANWATCH_MODE: 'teams',
  HOST: '127.0.0.1',
  BOT_ID: '6b1f0d5e-2009-4010-8a38-0000000000b0',
  BOT_TENANT_ID: '6b1f0d5e-2009-4010-8a38-000000000001',
  BOT_PASSWORD: 'secret',
  ALLOWED_TENANTS: '6b1f0d5e-2009-4010-8a38-000000000001',
};

/** The process that `npm start` runs, with what it has said so far. */
function startProcess(env: Record<string, string>, nodeOptions: string[] = []) {
  const child: ChildProcess = spawn(process.execPath, [...nodeOptions, join(root, 'src/index.ts')], {
    cwd: root,
    env: { PORT: '0', PLAYGROUND_PORT: 'off', PLANWATCH_SQLITE_FILE: join(folder, 'start.db'), ...env },
  });
  let said = '';
  const hear = (text: Buffer) => {
    said += text;
  };
  child.stdout!.on('data', hear);
  child.stderr!.on('data', hear);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    said: () => said,
    async hears(words: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = words.exec(said);
        if (found) return found;
        const gone = await Promise.race([
          once(child.stdout!, 'data').then(() => false),
          ended.then(() => true),
        ]);
        if (gone)
          throw new Error(`it ended (${child.exitCode ?? child.signalCode}) and said: ${said.slice(-2000)}`);
      }
    },
  };
}

test('teams mode loads nothing of the playground, answers, and ends when it is told to', async () => {
  const reporter = ['--import', join(root, 'test/support/report-loaded.ts')];
  const bot = startProcess(teamsMode, reporter);
  const [, port] = await bot.hears(/"port":(\d+),"msg":"listening"/);
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect((await fetch(`${url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(401);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  const loaded = bot.said().match(/(?<=^loaded file:.*\/)src\/.*$/gm) ?? [];
  expect(loaded).toContain('src/teams/bot.ts');
  expect(loaded.filter((file) => /^src\/(playground|import|cli)\//.test(file))).toEqual([]);
  expect(bot.said()).not.toMatch(/^loaded .*(opentelemetry|open-telemetry)/m);
});

test('telemetry is loaded when it is switched on, so that the test above can fail', async () => {
  const switchedOn = { ...teamsMode, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
  const bot = startProcess(switchedOn, ['--import', join(root, 'test/support/report-loaded.ts')]);
  await bot.hears(/"msg":"listening"/);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.said()).toMatch(/^loaded .*node_modules\/@opentelemetry\/sdk-metrics/m);
  expect(bot.said()).not.toMatch(/^loaded .*monitor-opentelemetry-exporter/m);
});

test('the playground does load it, so that the test above can fail', async () => {
  const bot = startProcess({}, ['--import', join(root, 'test/support/report-loaded.ts')]);
  await bot.hears(/"msg":"listening"/);
  bot.child.kill('SIGINT');
  expect(await bot.ended).toBe(0);
  expect(bot.said()).toContain('/src/playground/edition.ts');
});

test('told to end while it still starts, it ends and takes the client with it', async () => {
  const bot = startProcess({ PLAYGROUND_PORT: '0', LOG_LEVEL: 'info' });
  await bot.hears(/"msg":"playground-client-starting"/);
  const client = Number((await bot.hears(/"pid":(\d+)/))[1]);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  await gone(client);
});

/** Resolves when there is no such process any more; the test's own time runs out where there always is. */
async function gone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } catch {}
}

test.each([
  ['an error', 'throw new TypeError(words)'],
  ['a promise', 'Promise.reject(new Error(words))'],
  ['a word', 'Promise.reject(words)'],
])('%s that nobody caught ends it, and nothing of what was typed is printed', async (_what, fails) => {
  // Once it has started and listens for such things; or later all the same, so that this ends.
  const later = `const words = 'typed in confidence';
    let left = 250;
    const isTime = () => process.listenerCount('uncaughtException') > 0 || --left === 0;
    setInterval(() => { if (isTime()) { ${fails} } }, 20).unref();`;
  const bot = startProcess(teamsMode, ['--import', `data:text/javascript,${encodeURIComponent(later)}`]);
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain('"msg":"crashed"');
  expect(bot.said()).not.toContain('typed in confidence');
});

test('a port that is taken is told in a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const bot = startProcess({ PORT: String(port) });
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain(`Port ${port} is in use, perhaps by another Planwatch.`);
  expect(bot.said()).not.toContain('    at ');
  other.close();
});

test('a file that is no store is told in a sentence, and left as it is', async () => {
  const file = join(folder, 'figures.xls');
  writeFileSync(file, 'not a database, but somebody’s figures '.repeat(20));
  const bot = startProcess({ PLANWATCH_SQLITE_FILE: file });
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain(`The store ${file} can't be used: file is not a database.`);
  expect(bot.said()).not.toContain('    at ');
});
