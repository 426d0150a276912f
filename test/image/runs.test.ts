import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CosmosEmulator, startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { copyImageTo, dockerfile } from './image-files.ts';

/** The image's files in a folder of their own; the packages are the project's, for want of Docker. */
const image = mkdtempSync(join(tmpdir(), 'planwatch-image-'));
let emulator: CosmosEmulator;
beforeAll(async () => {
  copyImageTo(image);
  symlinkSync(resolve('node_modules'), join(image, 'node_modules'));
  emulator = await startCosmosEmulator();
});
const running: ChildProcess[] = [];
afterAll(async () => {
  // One that a failed test has left behind would keep the tests from ending.
  for (const child of running) child.kill('SIGKILL');
  await emulator.close();
  rmSync(image, { recursive: true });
});

const baked = Object.fromEntries(
  dockerfile()
    .filter(({ word }) => word === 'ENV')
    .flatMap(({ rest }) => rest.split(' ').map((pair) => pair.split('='))),
);
const settings = () => ({
  PORT: '0',
  HOST: '127.0.0.1',
  BOT_ID: '6b1f0d5e-2009-4010-8a38-0000000000b0',
  BOT_TENANT_ID: '6b1f0d5e-2009-4010-8a38-000000000001',
  BOT_TYPE: 'UserAssignedMSI',
  ALLOWED_TENANTS: '6b1f0d5e-2009-4010-8a38-000000000001',
  PLANWATCH_STORE: 'cosmos',
  COSMOS_ENDPOINT: emulator.endpoint,
  COSMOS_KEY: emulator.key,
});

/** What CMD starts. Node's permission model lets it write no file, as in a read-only root file system. */
function run(env: Record<string, string>) {
  const [, ...args] = JSON.parse(dockerfile().find(({ word }) => word === 'CMD')!.rest) as string[];
  const child = spawn(process.execPath, ['--permission', '--allow-fs-read=*', '--allow-addons', ...args], {
    cwd: image,
    env: { ...baked, ...env },
  });
  running.push(child);
  return { child, said: saidBy(child), ended: once(child, 'close').then(([code]) => code as number | null) };
}

function saidBy(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => (said += text));
  return () => said;
}

async function portOf({ child, said, ended }: ReturnType<typeof run>): Promise<string> {
  for (;;) {
    const port = /"port":(\d+),"msg":"listening"/.exec(said())?.[1];
    if (port) return port;
    const gone = await Promise.race([once(child.stdout!, 'data').then(() => false), ended.then(() => true)]);
    if (gone) throw new Error(`it ended and said: ${said()}`);
  }
}

/** Runs the image's own health check. */
async function isHealthy(port: string): Promise<boolean> {
  const { rest } = dockerfile().find(({ word }) => word === 'HEALTHCHECK')!;
  const [, ...args] = JSON.parse(rest.slice(rest.indexOf('['))) as string[];
  const [code] = await once(spawn(process.execPath, args, { env: { PORT: port } }), 'close');
  return code === 0;
}

test('without settings it names every one that is missing, in sentences', async () => {
  const bot = run({});
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain("Planwatch can't start:");
  for (const name of ['BOT_ID', 'BOT_TENANT_ID', 'BOT_PASSWORD', 'ALLOWED_TENANTS']) {
    expect(bot.said()).toContain(`- ${name} is missing`);
  }
  expect(bot.said()).not.toContain('    at ');
});

test('with settings it is live, ready, healthy and closed to strangers, writes no file, and ends when told to', async () => {
  const bot = run(settings());
  const port = await portOf(bot);
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect((await fetch(`${url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await isHealthy(port)).toBe(true);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.said()).not.toMatch(/ERR_ACCESS_DENIED|EROFS|EACCES/);
  expect(await isHealthy(port)).toBe(false);
});
