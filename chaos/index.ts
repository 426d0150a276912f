import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSpares } from './instances.ts';
import { addRun, emptyTotals, lineOf, summaryOf } from './report.ts';
import { run } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string', default: '60' },
    'at-once': { type: 'string', default: '2' },
    speed: { type: 'string', default: '12' },
  },
});

/** A seed alone is one run; otherwise each run has the next seed. */
const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const runs = Number(values.runs ?? (values.seed ? 1 : 20));
const atOnce = Math.min(Number(values['at-once']), runs);
const speed = Number(values.speed);
const { store } = values;
if (![first, runs, atOnce, speed, Number(values.minutes)].every(Number.isFinite) || !isStore(store)) {
  console.error(
    'Usage: npm run chaos -- [--seed 123] [--runs 20] [--store sqlite|cosmos] [--minutes 60] [--at-once 2]',
  );
  process.exit(2);
}

function isStore(name: string): name is 'sqlite' | 'cosmos' {
  return name === 'sqlite' || name === 'cosmos';
}

const folder = mkdtempSync(join(tmpdir(), 'planwatch-chaos-'));
const until = performance.now() + Number(values.minutes) * 60_000;
const spares = openSpares(atOnce + 1);
const totals = emptyTotals();
let next = 0;

async function runOneByOne(): Promise<void> {
  while (next < runs && performance.now() < until) {
    const seed = first + next++;
    const record = await run({ seed, store: store as 'sqlite', speed, folder, spares }).catch((error) => {
      console.log(`seed ${seed}: could not be run: ${error instanceof Error ? error.stack : error}`);
      totals.notRun += 1;
      return null;
    });
    if (!record) continue;
    addRun(totals, record);
    console.log(lineOf(record));
    const own = join(folder, `seed-${seed}`);
    if (record.broken.length === 0) rmSync(own, { recursive: true });
    else console.log([...record.broken.map((line) => `  ! ${line}`), `  kept in ${own}`].join('\n'));
  }
}

await Promise.all(Array.from({ length: atOnce }, runOneByOne));
spares.close();
console.log(`\n${summaryOf(totals, { first, store })}`);
const isKept = totals.broken === 0 && totals.notRun === 0;
if (isKept) rmSync(folder, { recursive: true });
process.exit(isKept ? 0 : 1);
