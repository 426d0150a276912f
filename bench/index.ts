import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { type Plan as Morning, measureScale } from './scale/measure.ts';
import { reportScale } from './scale/report.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { quick, only } = values;
if (only !== undefined && only !== 'turns' && only !== 'scale') {
  throw new Error('--only takes “turns” or “scale”');
}

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

// Of one process, up to where it can't keep up; then all, for a while; then all in two processes.
const mornings: Morning[] = quick
  ? [
      { councils: 10, processes: 1, seconds: 60 },
      { councils: 40, processes: 2, seconds: 30 },
    ]
  : [
      { councils: 10, processes: 1, seconds: 60 },
      { councils: 20, processes: 1, seconds: 60 },
      { councils: 40, processes: 1, seconds: 60 },
      { councils: 100, processes: 1, seconds: 45 },
      { councils: 400, processes: 1, seconds: 50 },
      { councils: 400, processes: 2, seconds: 50 },
    ];

// Beside the code, because a system's temporary folder may be in memory, where durable costs nothing.
const data = join(import.meta.dirname, '../.data');
mkdirSync(data, { recursive: true });
const folder = mkdtempSync(join(data, 'bench-'));
const file = join(import.meta.dirname, 'RESULTS.md');
const kept = partsOf(readFileSync(file, 'utf8'));
try {
  if (only !== 'scale') kept.turns = await timed(turnsReport);
  if (only !== 'turns') kept.scale = await timed(scaleReport);
  if (!quick) writeFileSync(file, `${kept.turns.trimEnd()}\n\n${kept.scale}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What RESULTS.md says of turns and of scale, so that each can be measured by itself. */
function partsOf(text: string): { turns: string; scale: string } {
  const at = text.indexOf('\n# When a quarter opens');
  return at < 0 ? { turns: text, scale: '' } : { turns: text.slice(0, at), scale: text.slice(at + 1) };
}

async function timed(measure: (took: () => number) => Promise<string>): Promise<string> {
  const began = performance.now();
  const text = await measure(() => (performance.now() - began) / 1000);
  console.log(text);
  return text;
}

async function turnsReport(took: () => number): Promise<string> {
  const results = { ...(await measureTurns()), digests: await measureDigests(folder, digestSizes) };
  return report(results, { quick, seconds: took() });
}

async function scaleReport(took: () => number): Promise<string> {
  const scale = await measureScale(folder, mornings);
  return reportScale(scale, { quick, seconds: took() });
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
  }).catch(async (error) => {
    await bare.stop();
    sink.close();
    throw error;
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
