// `npm test`: every check in turn, and one closing line that counts what passed and what failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const results = join(mkdtempSync(join(tmpdir(), 'planwatch-test-')), 'jest.json');

const steps: [what: string, command: string, ...args: string[]][] = [
  ['types', 'tsc'],
  ['style', 'biome', 'check', '.'],
  ['layers', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
  ['tests', 'jest', '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
];

let passed = 0;
let failed = 0;
for (const [what, command, ...args] of steps) {
  console.log(`\n── ${what}`);
  // Jest prints its JSON on standard output as well as in the file; the readable report is on standard error.
  const stdout = what === 'tests' ? 'ignore' : 'inherit';
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', stdout, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (what !== 'tests') {
    if (status === 0) passed += 1;
    else failed += 1;
    continue;
  }
  const counted = readCounts();
  passed += counted.passed;
  failed += counted.failed + (status !== 0 && counted.failed === 0 ? 1 : 0);
}

function readCounts(): { passed: number; failed: number } {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
