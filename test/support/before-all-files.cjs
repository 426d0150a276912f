const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes the folder for what is the same for many tests of this run; the workers inherit its name. */
module.exports = async () => {
  process.env.PLANWATCH_TEST_SHARED = mkdtempSync(join(tmpdir(), 'planwatch-shared-'));
};
