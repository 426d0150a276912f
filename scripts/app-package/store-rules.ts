import { imageIn } from './png.ts';

/** A Teams manifest, as far as the rules look at it, with its values filled in. */
export type Manifest = {
  manifestVersion: string;
  version: string;
  id: string;
  name: { short: string; full?: string };
  description: { short: string; full: string };
  developer: { name: string; websiteUrl: string; privacyUrl: string; termsOfUseUrl: string };
  icons: { color: string; outline: string };
  bots: {
    botId: string;
    scopes: string[];
    commandLists: { scopes: string[]; commands: { title: string; description?: string }[] }[];
  }[];
  permissions?: string[];
  validDomains?: string[];
  supportsChannelFeatures?: string;
  webApplicationInfo?: unknown;
  authorization?: unknown;
  localizationInfo?: {
    defaultLanguageTag: string;
    additionalLanguages?: { languageTag: string; file: string }[];
  };
};

export type Package = { manifest: Manifest; files: Readonly<Record<string, Uint8Array>> };

type Rule = { says: string; isKept: (given: Package) => boolean };

/** Names of Microsoft's that an app may not bear. */
const trademarks = /\b(microsoft|teams|office|outlook|copilot|windows|azure|excel|word)\b/i;
const commandsOf = ({ manifest }: Package) =>
  manifest.bots.flatMap(({ commandLists }) => commandLists.flatMap(({ commands }) => commands));
const namesOf = ({ manifest: { name } }: Package) => [name.short, name.full ?? ''];
const linksOf = ({ manifest: { developer } }: Package) => [
  developer.websiteUrl,
  developer.privacyUrl,
  developer.termsOfUseUrl,
];
const isGuid = (text: string) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
const iconOf = ({ manifest, files }: Package, icon: 'color' | 'outline') => {
  const bytes = files[manifest.icons[icon]];
  return bytes ? imageIn(bytes) : null;
};
const isHttps = (link: string) => URL.canParse(link) && new URL(link).protocol === 'https:';

/**
 * What the Teams store and the Developer Portal ask of an app beyond the schema, as far as a file can show it
 * (Microsoft's "Teams store validation guidelines" and "App manifest schema"), and what we ask of ourselves:
 * the last five.
 */
export const storeRules: readonly Rule[] = [
  {
    says: 'the version is three numbers and at least 1.0.0',
    isKept: ({ manifest }) => /^[1-9]\d*\.\d+\.\d+$/.test(manifest.version),
  },
  {
    says: 'the app and the bot have a GUID each',
    isKept: ({ manifest }) => isGuid(manifest.id) && isGuid(manifest.bots[0]!.botId),
  },
  {
    says: 'the short name has 1 to 30 characters',
    isKept: ({ manifest }) => manifest.name.short.length >= 1 && manifest.name.short.length <= 30,
  },
  {
    says: 'the full name has at most 100 characters',
    isKept: ({ manifest }) => (manifest.name.full ?? '').length <= 100,
  },
  {
    says: 'no name has a trademark of Microsoft’s in it',
    isKept: (given) => !namesOf(given).some((name) => trademarks.test(name)),
  },
  {
    says: 'the short description has 10 to 80 characters',
    isKept: ({ manifest }) =>
      manifest.description.short.length >= 10 && manifest.description.short.length <= 80,
  },
  {
    says: 'the long description has 100 to 4,000 characters and is not the short one',
    isKept: ({ manifest: { description } }) =>
      description.full.length >= 100 &&
      description.full.length <= 4_000 &&
      description.full !== description.short,
  },
  {
    says: 'the description makes no claim that the store refuses',
    isKept: ({ manifest: { description } }) =>
      !/\b(best|number one|#1|top-rated|free)\b/i.test(`${description.short} ${description.full}`),
  },
  {
    says: 'the developer has a name of at most 32 characters',
    isKept: ({ manifest }) => manifest.developer.name.length >= 1 && manifest.developer.name.length <= 32,
  },
  {
    says: 'the website, the privacy notice and the terms of use are https addresses',
    isKept: (given) => linksOf(given).every(isHttps),
  },
  {
    says: 'the privacy notice and the terms of use are pages of their own',
    isKept: (given) => new Set(linksOf(given)).size === 3,
  },
  {
    says: 'the colour icon is a PNG of 192 by 192',
    isKept: (given) => iconOf(given, 'color')?.width === 192 && iconOf(given, 'color')?.height === 192,
  },
  {
    says: 'the colour icon has no transparent pixel',
    isKept: (given) => iconOf(given, 'color')?.pixels.every(({ alpha }) => alpha === 255) === true,
  },
  {
    says: 'the outline icon is a PNG of 32 by 32',
    isKept: (given) => iconOf(given, 'outline')?.width === 32 && iconOf(given, 'outline')?.height === 32,
  },
  {
    says: 'the outline icon is white on transparent and nothing else',
    isKept: (given) => isOutline(iconOf(given, 'outline')),
  },
  {
    says: 'each scope has at most 10 commands, and one list',
    isKept: ({ manifest }) => manifest.bots.every(hasFewCommands),
  },
  {
    says: 'a command has at most 32 characters and its description at most 128',
    isKept: (given) =>
      commandsOf(given).every(
        ({ title, description }) => title.length <= 32 && !!description && description.length <= 128,
      ),
  },
  {
    says: 'every scope of the bot offers “help”',
    isKept: ({ manifest }) =>
      manifest.bots.every(({ scopes, commandLists }) =>
        scopes.every((scope) =>
          commandLists.some(
            (list) => list.scopes.includes(scope) && list.commands.some(({ title }) => title === 'help'),
          ),
        ),
      ),
  },
  { says: 'every file that the manifest names is in the package, and no other', isKept: hasItsFiles },
  {
    says: 'private and shared channels are supported, which wants schema 1.25 or later',
    isKept: ({ manifest }) =>
      manifest.supportsChannelFeatures === 'tier1' && Number(manifest.manifestVersion.split('.')[1]) >= 25,
  },
  {
    says: 'no permission is asked for but to know who is asking',
    isKept: ({ manifest }) => String(manifest.permissions) === 'identity',
  },
  {
    says: 'no permission of a team or a chat and none of Graph is asked for',
    isKept: ({ manifest }) =>
      manifest.authorization === undefined && manifest.webApplicationInfo === undefined,
  },
  {
    says: 'no website is opened in Teams, so no domain is trusted',
    isKept: ({ manifest }) => manifest.validDomains?.length === 0,
  },
  {
    says: 'no value is left to fill in',
    isKept: ({ manifest, files }) =>
      !/\$\{\{/.test(JSON.stringify(manifest)) &&
      !Object.entries(files).some(
        ([name, bytes]) => name.endsWith('.json') && Buffer.from(bytes).includes('${{'),
      ),
  },
];

function hasFewCommands({ scopes, commandLists }: Manifest['bots'][number]): boolean {
  return scopes.every((scope) => {
    const lists = commandLists.filter((list) => list.scopes.includes(scope));
    return lists.length === 1 && lists[0]!.commands.length <= 10;
  });
}

function isOutline(image: ReturnType<typeof iconOf>): boolean {
  if (!image) return false;
  const seen = image.pixels.filter(({ alpha }) => alpha > 0);
  const isWhite = seen.every(({ red, green, blue }) => red === 255 && green === 255 && blue === 255);
  return isWhite && seen.length > 0 && seen.length < image.pixels.length;
}

function hasItsFiles({ manifest, files }: Package): boolean {
  const languages = manifest.localizationInfo?.additionalLanguages ?? [];
  const named = [manifest.icons.color, manifest.icons.outline, ...languages.map(({ file }) => file)];
  return String(Object.keys(files).sort()) === String([...named, 'manifest.json'].sort());
}

/** The rules that a package breaks, in words. */
export const brokenRules = (given: Package): string[] =>
  storeRules.filter(({ isKept }) => !isKept(given)).map(({ says }) => says);
