/** The layer rule of docs/architecture.md, checked by `npm run layers` inside `npm test`. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only('no-cycles', 'Two files that need each other are one idea, or three.', {}, { circular: true }),
    only(
      'domain-knows-only-rules',
      'The rules import nothing but themselves, decimals, dates, days off, search and zod.',
      { path: '^src/domain' },
      {
        path: '^(src/(?!domain)|node_modules/(?!(big\\.js|temporal-polyfill|date-holidays|zod|minisearch)/))',
      },
    ),
    only(
      'domain-does-no-input-or-output',
      'A rule that reads a file or a clock gives another answer tomorrow.',
      { path: '^src/domain' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'usecases-know-domain-and-store-port',
      'What people do needs the rules and the port of the store, never an adapter or a transport.',
      { path: '^src/usecases' },
      { path: '^src/(teams|web|worker|cli|import|paper|playground|telemetry|store/(sqlite|cosmos))' },
    ),
    only(
      'store-knows-domain-only',
      'The store keeps the documents of the domain.',
      { path: '^src/store' },
      { path: '^src/(usecases|teams|web|worker|cli|import|paper|playground|telemetry)' },
    ),
    only(
      'paper-knows-domain-only',
      'A paper is made from reports alone; where they come from and where it goes is the command’s business.',
      { path: '^src/paper' },
      { path: '^src/(?!domain|paper)' },
    ),
    only(
      'only-teams-imports-the-bot-sdks',
      'A successor SDK is then a change to one folder.',
      { pathNot: '^src/teams' },
      {
        path: `node_modules/(botbuilder|botframework-[^/]+|@microsoft/teams-ai|adaptivecards-templating)(/|$)`,
      },
    ),
    only(
      'only-telemetry-imports-opentelemetry',
      'What measures knows what it measures by its names alone, and is loaded only when it is switched on.',
      { pathNot: '^src/telemetry' },
      {
        path: '^(node_modules/(@opentelemetry|@azure/monitor-opentelemetry-exporter)/|src/telemetry/(?!telemetry))',
        pathNot: '^src/telemetry/open-telemetry',
      },
    ),
    only(
      'telemetry-knows-the-store-port-only',
      'It counts and times; what the council’s figures mean is none of its business.',
      { path: '^src/telemetry' },
      { path: '^src/(?!telemetry|store/store|config|log)' },
    ),
    only(
      'playground-stays-out-of-production',
      'What exists for the Playground is imported by the entry points alone, so that teams mode never loads it.',
      { path: '^src', pathNot: '^src/(index\\.ts|playground|cli)' },
      { path: '^src/playground' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
