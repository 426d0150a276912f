/** Tests run on the sources; the second pattern names the packages that ship ES modules or import such. */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/before-all-files.cjs',
  globalTeardown: '<rootDir>/test/support/after-all-files.cjs',
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@opentelemetry/otlp-exporter-base|https-proxy-agent|http-proxy-agent|agent-base|proxy-agent-negotiate|read-excel-file|strip-bom|@microsoft/app-manifest/node_modules/strip-bom|temporal-polyfill|temporal-utils|temporal-spec)/)',
  ],
  // Much of the time is the browser's and the disk's, so a worker for each core, where Jest would leave one out.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
