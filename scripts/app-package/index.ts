// `npm run package`: builds appPackage/build/appPackage.zip, ready to upload to Teams.
//   npm run package                      with the values of env/.env.dev
//   npm run package -- --env local      with those of env/.env.local
// A value in the environment goes before the same one in a file, and env/.env.NAME.user before env/.env.NAME.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { buildPackage } from './build-package.ts';

const root = join(import.meta.dirname, '../..');
const { env } = parseArgs({ options: { env: { type: 'string', default: 'dev' } } }).values;
const files = [`env/.env.${env}`, `env/.env.${env}.user`].map((file) => join(root, file));
if (!existsSync(files[0]!)) {
  console.error(`There is no env/.env.${env}.`);
  process.exit(1);
}
const read = files.filter((file) => existsSync(file)).map((file) => parseEnv(readFileSync(file, 'utf8')));
const built = await buildPackage(join(root, 'appPackage'), Object.assign({}, ...read, process.env));
if (!built.ok) {
  console.error(`The app package can't be built:\n${built.faults.map((fault) => `- ${fault}`).join('\n')}`);
  console.error(`Values come from env/.env.${env}; docs/operations.md says what each is.`);
  process.exit(1);
}
mkdirSync(join(root, 'appPackage/build'), { recursive: true });
writeFileSync(join(root, 'appPackage/build/appPackage.zip'), built.zip);
console.log(`appPackage/build/appPackage.zip: ${built.manifest.name.short} ${built.manifest.version}`);
