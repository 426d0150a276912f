import { existsSync, readFileSync } from 'node:fs';
import { copiedFiles, dockerfile, isIgnored } from './image-files.ts';

const restOf = (word: string) =>
  dockerfile()
    .filter((each) => each.word === word)
    .map(({ rest }) => rest);
const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

test('the base is the Node that the tests run on, by version and by digest, in every stage', () => {
  const bases = restOf('FROM').map((rest) => rest.split(' ')[0]!);
  expect(bases).toHaveLength(2);
  for (const base of bases) expect(base).toMatch(/^node:24\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toContain(`node:${packageJson.devDependencies.node}-`);
});

test('packages are those of the lock file, without the ones for development', () => {
  expect(restOf('RUN')).toEqual([expect.stringMatching(/^npm ci --omit=dev /)]);
});

test('it runs as a user who owns nothing of it, and node itself hears SIGTERM', () => {
  const words = dockerfile().map(({ word }) => word);
  expect(restOf('USER')).toEqual(['node']);
  expect(words.lastIndexOf('USER')).toBeGreaterThan(words.lastIndexOf('COPY'));
  expect(JSON.parse(restOf('CMD')[0]!)).toEqual(['node', 'src/index.ts']);
  expect(words).not.toContain('ENTRYPOINT');
  expect(restOf('COPY').filter((rest) => rest.includes('--chown'))).toEqual([]);
});

test('no setting but the mode is baked in, and no secret', () => {
  expect(restOf('ENV')).toEqual(['NODE_ENV=production PLANWATCH_MODE=teams']);
  expect(restOf('ARG')).toEqual([expect.stringMatching(/^NODE=/)]);
});

test('only what runs is in the image', () => {
  const files = [...copiedFiles().keys()];
  expect(files).toEqual(
    expect.arrayContaining(['package.json', 'LICENSE', 'src/index.ts', 'cards/digest.json']),
  );
  const others = files.filter(
    (file) => !/^(package\.json|LICENSE|src\/.*\.ts|cards\/[a-z-]+\.json)$/.test(file),
  );
  expect(others).toEqual([]);
});

test('everything that it copies is there and gets to the builder', () => {
  const copies = restOf('COPY').filter((rest) => !rest.startsWith('--from'));
  const sources = copies.flatMap((rest) => rest.split(' ').slice(0, -1));
  expect(sources.filter((source) => !existsSync(source) || isIgnored(source))).toEqual([]);
});

test.each([
  '.env',
  'env/.env.dev',
  'env/.env.dev.user',
  '.localConfigs',
  'src/.env.local',
  'src/store/planwatch.db',
  '.data/planwatch.db',
  '.git/config',
  'node_modules/zod/package.json',
  'test/config.test.ts',
  'samples/kent-2009-10/people.csv',
  'cards/digest.samples.json',
  'appPackage/build/appPackage.zip',
  'infra/azure.parameters.json',
  'test-output/trace.zip',
])('%s never reaches whoever builds the image', (file) => {
  expect(isIgnored(file)).toBe(true);
});

test.each(['package.json', 'package-lock.json', 'LICENSE', 'src/index.ts', 'cards/digest.json'])(
  '%s does',
  (file) => {
    expect(isIgnored(file)).toBe(false);
  },
);
