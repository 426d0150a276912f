import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { type BicepFile, parseBicep } from '../infra/bicep.ts';

type Action = {
  uses: string;
  name?: string;
  with: Record<string, unknown>;
  writeToEnvironmentFile?: Record<string, string>;
};
type Project = { version: string; environmentFolderPath: string } & Partial<
  Record<'provision' | 'deploy' | 'publish', Action[]>
>;

const environments = ['dev', 'local', 'playground'] as const;
type Environment = (typeof environments)[number];
const fileOf = (environment: Environment) =>
  environment === 'dev' ? 'm365agents.yml' : `m365agents.${environment}.yml`;
const project = (environment: Environment): Project => parse(readFileSync(fileOf(environment), 'utf8'));
const actionsOf = ({ provision = [], deploy = [], publish = [] }: Project) => [
  ...provision,
  ...deploy,
  ...publish,
];
const envOf = (environment: Environment) => parseEnv(readFileSync(`env/.env.${environment}`, 'utf8'));

/** What each action takes, required ones first, by the toolkit's own schema (v1.11). */
const actions: Record<string, [required: string[], optional: string[]]> = {
  'teamsApp/create': [['name'], []],
  'teamsApp/validateManifest': [['manifestPath'], []],
  'teamsApp/zipAppPackage': [['manifestPath', 'outputZipPath', 'outputFolder'], []],
  'teamsApp/validateAppPackage': [['appPackagePath'], []],
  'teamsApp/update': [['appPackagePath'], []],
  'teamsApp/extendToM365': [['appPackagePath'], ['scope']],
  'teamsApp/publishAppPackage': [['appPackagePath'], []],
  'arm/deploy': [['subscriptionId', 'resourceGroupName', 'templates'], ['bicepCliVersion']],
  'aadApp/create': [['name', 'generateClientSecret', 'signInAudience'], ['generateServicePrincipal']],
  'botFramework/create': [
    ['botId', 'name', 'messagingEndpoint'],
    ['description', 'iconUrl', 'channels'],
  ],
  'cli/runNpmCommand': [['args'], ['workingDirectory']],
  'file/createOrUpdateEnvironmentFile': [['envs', 'target'], []],
  script: [['run'], ['workingDirectory', 'shell', 'timeout', 'redirectTo']],
};
/** What an action must write down, by the same schema. */
const writes: Record<string, string[]> = {
  'teamsApp/create': ['teamsAppId'],
  'teamsApp/extendToM365': ['titleId', 'appId'],
  'teamsApp/publishAppPackage': ['publishedAppId'],
  'aadApp/create': ['clientId', 'objectId', 'clientSecret'],
};

let azure: BicepFile;
beforeAll(async () => {
  azure = await parseBicep('infra/azure.bicep');
});

describe.each(environments)('%s', (environment) => {
  test('each action is one that the toolkit has, with what it takes', () => {
    expect(project(environment).version).toBe('v1.11');
    for (const { uses, with: given, writeToEnvironmentFile } of actionsOf(project(environment))) {
      const [required, optional] = actions[uses] ?? [];
      expect([uses, required]).not.toEqual([uses, undefined]);
      const names = Object.keys(given);
      expect([uses, required!.filter((name) => !names.includes(name))]).toEqual([uses, []]);
      expect([uses, names.filter((name) => ![...required!, ...optional!].includes(name))]).toEqual([
        uses,
        [],
      ]);
      const written = Object.keys(writeToEnvironmentFile ?? {});
      expect([uses, (writes[uses] ?? []).filter((name) => !written.includes(name))]).toEqual([uses, []]);
    }
  });

  test('each file that an action names is there', () => {
    const named = JSON.stringify(project(environment)).matchAll(
      /"(\.\/(?:infra|appPackage)\/[\w./]+(?:json|bicep))"/g,
    );
    expect([...named].map(([, file]) => file!).filter((file) => !existsSync(file))).toEqual([]);
  });

  test('each value that is used has a place: filled in, made by an action, or given out by the template', () => {
    const own = actionsOf(project(environment));
    const written = own.flatMap(({ writeToEnvironmentFile = {} }) => Object.values(writeToEnvironmentFile));
    const known = new Set([...Object.keys(envOf(environment)), ...written]);
    const texts = [readFileSync(fileOf(environment), 'utf8')];
    if (environment !== 'playground') texts.push(readFileSync('appPackage/manifest.json', 'utf8'));
    if (environment === 'dev') texts.push(readFileSync('infra/azure.parameters.json', 'utf8'));
    const used = texts.flatMap((text) => [...text.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name!));
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test('no secret is in the file that git keeps', () => {
    const env = envOf(environment);
    expect(env.TEAMSFX_ENV).toBe(environment);
    expect(Object.keys(env).filter((name) => /SECRET|PASSWORD|KEY/.test(name))).toEqual([]);
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('env/.env.*.user');
    for (const { writeToEnvironmentFile = {} } of actionsOf(project(environment))) {
      const secret = writeToEnvironmentFile.clientSecret;
      if (secret) expect(secret).toMatch(/^SECRET_/);
    }
  });
});

test('what the toolkit needs of Azure is what the template gives out', () => {
  const given = [...azure.outputs.keys()];
  const made = readFileSync('env/.env.dev', 'utf8').split('# Set when it is provisioned\n')[1]!;
  const empty = Object.keys(parseEnv(made)).filter((name) => name !== 'TEAMS_APP_ID');
  expect(empty.filter((name) => !given.includes(name))).toEqual([]);
  expect(given).toEqual(expect.arrayContaining(['BOT_ID', 'AZURE_CONTAINER_REGISTRY_NAME']));
});

test('provision, deploy and publish do what they are for, in order', () => {
  const steps = (of: Action[] = []) => of.map(({ uses }) => uses);
  const { provision, deploy, publish } = project('dev');
  const packaged = [
    'teamsApp/validateManifest',
    'teamsApp/zipAppPackage',
    'teamsApp/validateAppPackage',
    'teamsApp/update',
  ];
  expect(steps(provision)).toEqual(['teamsApp/create', 'arm/deploy', ...packaged, 'teamsApp/extendToM365']);
  expect(steps(deploy)).toEqual(['script', 'script', 'script', 'arm/deploy']);
  expect(steps(publish)).toEqual([...packaged, 'teamsApp/publishAppPackage']);
});

test('the template is given a new image only once it is built', () => {
  const runs = (project('dev').deploy ?? []).map((action) => String(action.with.run ?? action.uses));
  const named = spawnSync(process.execPath, [runs[0]!.replace('node ', '')], { encoding: 'utf8' });
  expect(named.stdout).toMatch(/^::set-teamsfx-env NEXT_IMAGE_TAG=\d+\.\d+\.\d+-\d{12}$/m);
  expect(runs[1]).toContain('--image planwatch:${{NEXT_IMAGE_TAG}} .');
  expect(runs[2]).toBe('echo "::set-teamsfx-env IMAGE_TAG=${{NEXT_IMAGE_TAG}}"');
});

test('the first provisioning makes no container app, for there is no image yet', () => {
  expect(envOf('dev').IMAGE_TAG).toBe('none');
  expect(azure.text).toContain("var hasImage = imageTag != 'none'");
});

test.each([
  [
    'local',
    {
      BOT_ID: '6b1f0d5e-2009-4010-8a38-0000000000b0',
      SECRET_BOT_PASSWORD: 'secret',
      BOT_TENANT_ID: '6b1f0d5e-2009-4010-8a38-000000000001',
    },
  ],
  ['playground', {}],
] as const)('F5 starts the bot with settings that it takes: %s', (environment, values) => {
  const { with: given } = project(environment).deploy!.find(
    ({ uses }) => uses === 'file/createOrUpdateEnvironmentFile',
  )!;
  const filled = Object.entries(given.envs as Record<string, unknown>).map(([name, value]) => [
    name,
    String(value).replaceAll(/\$\{\{(\w+)\}\}/g, (_, key) => (values as Record<string, string>)[key] ?? ''),
  ]);
  const read = readConfig(Object.fromEntries(filled));
  expect(read).toMatchObject({
    ok: true,
    config: { port: 3978, mode: environment === 'local' ? 'teams' : 'playground' },
  });
  const script = JSON.parse(readFileSync('package.json', 'utf8')).scripts[
    environment === 'local' ? 'debug' : 'debug:playground'
  ];
  expect(script).toBe(`node --env-file=${String(given.target).slice(2)} --inspect=9239 src/index.ts`);
  expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain(String(given.target).slice(2));
});

test('every task that F5 runs is there, and every command of it', () => {
  const { tasks } = JSON.parse(readFileSync('.vscode/tasks.json', 'utf8')) as {
    tasks: { label: string; dependsOn?: string[]; command?: string; type?: string }[];
  };
  const { configurations, compounds } = JSON.parse(readFileSync('.vscode/launch.json', 'utf8')) as {
    configurations: { name: string }[];
    compounds: { preLaunchTask: string; configurations: string[] }[];
  };
  const labels = tasks.map(({ label }) => label);
  const wanted = [
    ...tasks.flatMap(({ dependsOn = [] }) => dependsOn),
    ...compounds.map(({ preLaunchTask }) => preLaunchTask),
  ];
  expect(wanted.filter((label) => !labels.includes(label))).toEqual([]);
  const names = configurations.map(({ name }) => name);
  expect(
    compounds.flatMap((compound) => compound.configurations).filter((name) => !names.includes(name)),
  ).toEqual([]);
  const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
  const commands = tasks.flatMap(({ type, command }) =>
    type === 'shell' ? command!.replace('npm run ', '') : [],
  );
  expect(commands).toEqual(['debug:playground', 'debug']);
  expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
});
