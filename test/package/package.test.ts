import { readFileSync } from 'node:fs';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { buildPackage, faultsOf, readPackage } from '../../scripts/app-package/build-package.ts';
import { imageIn } from '../../scripts/app-package/png.ts';
import { brokenRules, type Manifest, storeRules } from '../../scripts/app-package/store-rules.ts';

const values = {
  TEAMS_APP_ID: '6b1f0d5e-2009-4010-8a38-0000000000a0',
  BOT_ID: '6b1f0d5e-2009-4010-8a38-0000000000b0',
  APP_NAME: 'Planwatch',
  DEVELOPER_NAME: 'Kent County Council',
  DEVELOPER_WEBSITE_URL: 'https://kent.example/planwatch',
  PRIVACY_URL: 'https://kent.example/planwatch/privacy',
  TERMS_OF_USE_URL: 'https://kent.example/planwatch/terms',
};
const read = () => readPackage('appPackage', values).given;

test('the app package is built with nothing wrong, from the manifest, two icons and a language', async () => {
  const built = await buildPackage('appPackage', values);
  if (!built.ok) throw new Error(built.faults.join('\n'));
  const files = unzipSync(built.zip);
  expect(Object.keys(files).sort()).toEqual(['color.png', 'en.json', 'manifest.json', 'outline.png']);
  const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString());
  expect(manifest).toMatchObject({ id: values.TEAMS_APP_ID, bots: [{ botId: values.BOT_ID }] });
  expect(await buildPackage('appPackage', values)).toEqual(built);
});

test('every value that is missing or empty is named, and nothing is built', async () => {
  const built = await buildPackage('appPackage', { ...values, BOT_ID: undefined, PRIVACY_URL: '' });
  expect(built).toEqual({ ok: false, faults: ['PRIVACY_URL has no value', 'BOT_ID has no value'] });
});

test('a value can’t break out of its place in the manifest', () => {
  const name = 'Kent", "version": "9.9.9';
  const { manifest } = readPackage('appPackage', { ...values, DEVELOPER_NAME: name }).given;
  expect(manifest.developer.name).toBe(name);
  expect(manifest.version).toBe('1.0.0');
});

test('the schema is the newest that is at hand, and refuses what is no manifest', async () => {
  const given = read();
  expect(given.manifest.manifestVersion).toBe('1.30');
  (given.manifest as { bots: unknown }).bots = [{ botId: values.BOT_ID }];
  expect(await AppManifestUtils.validateAgainstSchema(given.manifest as never)).toHaveLength(1);
});

test('the language file follows the schema and says what the manifest says, for translators to copy', async () => {
  const { manifest, files } = read();
  const language = JSON.parse(Buffer.from(files['en.json']!).toString());
  // Patterns for parts that this app doesn't have are no regular expressions to the validator.
  const { patternProperties, ...schema } = JSON.parse(
    JSON.stringify(await AppManifestUtils.fetchSchema(language.$schema)),
  );
  const ofBots = Object.entries(patternProperties).filter(([pattern]) => pattern.startsWith('^bots'));
  const usable = { ...schema, patternProperties: Object.fromEntries(ofBots) };
  expect(await AppManifestUtils.validateAgainstSchema(language, usable)).toEqual([]);
  const wrong = { ...language, 'bots[0].commandLists[9].commands[0].title': 'status' };
  expect(await AppManifestUtils.validateAgainstSchema(wrong, usable)).toHaveLength(1);
  const said: Record<string, string> = {
    $schema: language.$schema,
    'name.short': manifest.name.short,
    'name.full': manifest.name.full!,
    'description.short': manifest.description.short,
    'description.full': manifest.description.full,
  };
  for (const [list, { commands }] of manifest.bots[0]!.commandLists.entries()) {
    for (const [at, { title, description }] of commands.entries()) {
      said[`bots[0].commandLists[${list}].commands[${at}].title`] = title;
      said[`bots[0].commandLists[${list}].commands[${at}].description`] = description!;
    }
  }
  expect(language).toEqual(said);
});

type Broken = { manifest: Manifest; files: Record<string, Uint8Array> };
const bot = ({ manifest }: Broken) => manifest.bots[0]!;

/** What breaks each rule, in the order of the rules. */
const breaks: ((broken: Broken) => unknown)[] = [
  ({ manifest }) => Object.assign(manifest, { version: '0.9.0' }),
  (broken) => Object.assign(bot(broken), { botId: 'planwatch' }),
  ({ manifest }) => Object.assign(manifest.name, { short: 'Planwatch for the whole of Kent' }),
  ({ manifest }) => Object.assign(manifest.name, { full: 'Planwatch '.repeat(11) }),
  ({ manifest }) => Object.assign(manifest.name, { short: 'Planwatch for Teams' }),
  ({ manifest }) => Object.assign(manifest.description, { short: 'Plans. '.repeat(12) }),
  ({ manifest: { description } }) => Object.assign(description, { full: description.short }),
  ({ manifest }) => Object.assign(manifest.description, { short: 'The best app for business plans.' }),
  ({ manifest }) => Object.assign(manifest.developer, { name: 'The Metropolitan Borough of Somewhere' }),
  ({ manifest }) => Object.assign(manifest.developer, { privacyUrl: 'http://kent.example/privacy' }),
  ({ manifest: { developer } }) => Object.assign(developer, { termsOfUseUrl: developer.websiteUrl }),
  ({ manifest }) => Object.assign(manifest.icons, { color: 'outline.png' }),
  ({ manifest }) => Object.assign(manifest.icons, { color: 'outline.png' }),
  ({ manifest }) => Object.assign(manifest.icons, { outline: 'color.png' }),
  ({ manifest }) => Object.assign(manifest.icons, { outline: 'color.png' }),
  (broken) => bot(broken).commandLists[0]!.commands.push({ title: 'hi', description: 'Hello' }),
  (broken) => Object.assign(bot(broken).commandLists[1]!.commands[0]!, { description: 'x'.repeat(129) }),
  (broken) => bot(broken).commandLists[2]!.commands.pop(),
  ({ files }) => Reflect.deleteProperty(files, 'en.json'),
  ({ manifest }) => Object.assign(manifest, { manifestVersion: '1.24' }),
  ({ manifest }) => manifest.permissions!.push('messageTeamMembers'),
  ({ manifest }) => Object.assign(manifest, { webApplicationInfo: { id: manifest.id } }),
  ({ manifest }) => manifest.validDomains!.push('kent.example'),
  ({ files }) => Object.assign(files, { 'en.json': Buffer.from('${{APP_NAME}}') }),
];

test('there is something that breaks each of the store’s rules', () => {
  expect(breaks).toHaveLength(storeRules.length);
  expect(brokenRules(read())).toEqual([]);
});

test.each(storeRules.map(({ says }, at) => [says, at] as const))(
  'a package is refused unless %s',
  (says, at) => {
    const given = read();
    const broken: Broken = { manifest: given.manifest, files: { ...given.files } };
    breaks[at]!(broken);
    expect(brokenRules(broken)).toContain(says);
  },
);

test('an icon with a hole in it or a tint in it is refused', () => {
  const { pixels } = imageIn(readFileSync('appPackage/outline.png'))!;
  expect(pixels).toHaveLength(32 * 32);
  expect(new Set(pixels.map(({ alpha }) => alpha)).size).toBeGreaterThan(2);
  expect(imageIn(readFileSync('appPackage/color.svg'))).toBeNull();
});

test('a whole package that breaks the schema and a rule is told both', async () => {
  const given = read();
  given.manifest.name.short = 'Planwatch for the whole of Kent';
  const faults = await faultsOf(given);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['schema', 'not so']);
});
