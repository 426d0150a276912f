import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../src/store/open-store.ts';
import { startConnectorSink } from './connector-sink.ts';
import { type Bots, type Pair, type Question, questions, talk } from './conversation.ts';
import { measureDigests } from './digests.ts';
import { generateCouncil } from './generate-council.ts';
import { connect } from './load.ts';
import { type Results, report } from './report.ts';
import { type Memory, runBot } from './run-bot.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { quick } = values;

// Eight rounds of 4 × 3,200 turns are the 100,000 after which memory is looked at again.
const rounds = quick ? 2 : 8;
const plans = 40;
const digestSizes = quick
  ? [
      { plans: 40, repeats: 3 },
      { plans: 400, repeats: 1 },
    ]
  : [
      { plans: 40, repeats: 9 },
      { plans: 400, repeats: 5 },
      { plans: 4000, repeats: 2 },
    ];

// Beside the code, because a system's temporary folder may be in memory, where durable costs nothing.
const data = join(import.meta.dirname, '../.data');
mkdirSync(data, { recursive: true });
const folder = mkdtempSync(join(data, 'bench-'));
try {
  const began = performance.now();
  const results = { ...(await measureTurns()), digests: await measureDigests(folder, digestSizes) };
  const seconds = (performance.now() - began) / 1000;
  const text = report(results, { quick, seconds });
  console.log(text);
  if (!quick) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureTurns(): Promise<Omit<Results, 'digests'>> {
  const file = join(folder, 'planwatch.db');
  const store = await openStore({ kind: 'sqlite', file });
  const council = await generateCouncil(store, plans);
  await store.close();
  const sink = await startConnectorSink();
  const bare = await runBot('bare', join(import.meta.dirname, 'bare-bot.ts'), { folder });
  const planwatch = await runBot('planwatch', join(import.meta.dirname, '../src/index.ts'), {
    folder,
    env: { PLAYGROUND_PORT: 'off', PLANWATCH_SQLITE_FILE: file },
  });
  const bots: Bots = {
    bare: { bot: bare, people: connect(bare.port) },
    planwatch: { bot: planwatch, people: connect(planwatch.port) },
  };
  const memoryOf = async () => ({ planwatch: await planwatch.memory(), bare: await bare.memory() });
  try {
    const memory: { turns: number; planwatch: Memory; bare: Memory }[] = [
      { turns: 0, ...(await memoryOf()) },
    ];
    const pairs: Record<Question, Pair[]> = { open: [], submit: [], press: [], ask: [] };
    let turns = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const said = await talk(bots, council, sink, round);
      // The first round warms both up: it isn't counted, but for its turns.
      turns += questions.length * council.items.length;
      if (round === 0 || round === rounds) memory.push({ turns, ...(await memoryOf()) });
      if (round === 0) continue;
      for (const question of questions) {
        pairs[question].push(said[question]);
        const [ours, theirs] = [said[question].planwatch.perSecond, said[question].bare.perSecond];
        console.log(
          `round ${round} ${question}: ${Math.round(ours)}/s against ${Math.round(theirs)}/s, ratio ${(ours / theirs).toFixed(2)}`,
        );
      }
    }
    return { council: { plans, items: council.items.length }, rounds, pairs, memory };
  } finally {
    await Promise.all(
      [bots.planwatch, bots.bare].flatMap(({ people }) => people.map((each) => each.destroy())),
    );
    await Promise.all([planwatch.stop(), bare.stop()]);
    sink.close();
  }
}
