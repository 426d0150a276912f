const { rmSync } = require('node:fs');

module.exports = async () => rmSync(process.env.PLANWATCH_TEST_SHARED, { recursive: true, force: true });
