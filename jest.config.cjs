/** Tests run on the sources; two transforms mend packages that ship ES modules only. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(https-proxy-agent|http-proxy-agent|agent-base|proxy-agent-negotiate|read-excel-file|strip-bom|@microsoft/app-manifest/node_modules/strip-bom|temporal-polyfill|temporal-utils|temporal-spec)/)',
  ],
  testTimeout: 30_000,
};
