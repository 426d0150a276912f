import { size } from './councils.ts';
import type { Morning, Scale } from './measure.ts';
import type { Calls } from './requests.ts';

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');
const tenths = (number: number) => number.toFixed(1);
const percent = (share: number) => `${Math.round(share * 100)}%`;
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');

const permitted = 20;
/** Seconds that the limit of 20 a second leaves no way around: the first 20 go at once. */
const shortest = size.managers / permitted - 1;

/** When the last card is out, or would be at the rate so far. */
function lastCard({ isOver, lastAt, firstAt, perSecond, councils }: Morning): string {
  if (isOver) return tenths(lastAt);
  return `(${whole(firstAt + (councils * size.managers) / perSecond)})`;
}

function morningRow(each: Morning, bare: number): string[] {
  const { councils, processes, cards, perSecond, best, share, firstAt, memory, processor } = each;
  return [
    whole(councils),
    whole(processes),
    whole(cards),
    tenths(firstAt),
    lastCard(each),
    `${whole(perSecond)} / ${whole(best)}`,
    percent(perSecond / (councils * permitted)),
    share ? `${percent(share.middle)} / ${percent(share.lowest)}` : '',
    percent(best / bare),
    tenths(processor),
    `${whole(memory.start)} / ${whole(memory.most)} / ${whole(memory.end)}`,
  ];
}

const callRow = (store: string, what: string, { read, list, write, due, http }: Calls): string[] => [
  `${store}, ${what}`,
  ...[read, list, write, due, read + list + write + due].map((count) => count.toFixed(2)),
  http === null ? '' : http.toFixed(2),
];

/** Most councils of which even the slowest had so much of the permitted rate, in one process. */
function keeping(mornings: readonly Morning[], share: number): string {
  const able = mornings.filter(
    (each) => each.processes === 1 && each.isOver && (each.share?.middle ?? 0) >= share,
  );
  return able.length > 0
    ? whole(Math.max(...able.map(({ councils }) => councils)))
    : 'none of those measured';
}

/** The morning on which a quarter opens, as Markdown. */
export function reportScale(scale: Scale, { quick, seconds }: { quick: boolean; seconds: number }): string {
  const { machine, bare, cardBytes, makingSeconds, mornings, requests } = scale;
  const most = Math.max(...mornings.map(({ councils }) => councils));
  const faults = mornings.reduce((sum, { twice, tooFast }) => sum + twice + tooFast, 0);
  const played = table(
    [
      'Councils',
      'processes',
      'cards',
      'first s',
      'last s',
      'cards/s mean / best',
      'of the limit',
      'a council’s pace',
      'of the bare sender',
      'CPU ms a card',
      'RSS MB start / most / end',
    ],
    mornings.map((each) => morningRow(each, bare)),
  );
  const calls = table(
    ['For each message', 'reads', 'lists', 'writes', 'due', 'together', 'HTTP requests'],
    requests.flatMap(({ store, decide, send }) => [
      callRow(store, 'deciding', decide),
      callRow(store, 'sending', send),
    ]),
  );
  return `# When a quarter opens for ${whole(most)} councils

Councils of ${size.plans} plans, ${whole(size.kpis)} KPIs and ${size.managers} managers each on one SQLite store. It is nine in the morning, the quarter has
opened, and every manager is to get one card. \`npm run bench -- --only scale\` makes these figures${quick ? ' (this is the short run, `--quick`)' : ''}; it took
${whole(seconds)} seconds.

${played}

- The machine has ${whole(machine.processors)} processors, which the connector shares. In the minute before, ${tenths(machine.load)} other processes wanted
  one: more than one or two, and the rates say more of them than of Planwatch.
- Planwatch keeps to ${permitted} messages a second for each council, so the limit leaves ${tenths(shortest)} seconds between a council's
  first card and its last, however few councils there are. *A council's pace* is the share of that rate which councils
  that got all their cards had from their first card to their last: the middle one's / the slowest one's.
- *First* and *last* are seconds since the processes were started, which takes about two of them; in brackets is when
  the last card would be out at the mean rate, where the run was cut off.
- *Of the limit* is the mean rate from the first card to the last beside ${permitted} a second for every council at once: it has
  in it the deciding for all, and the end, when few councils are left.
- The bare sender posts cards of the same ${whole(cardBytes)} bytes with the same HTTP client, 256 at once, with no store and no rules:
  **${whole(bare)} a second** on this machine, where the connector has to share the processors. *Of the bare sender* is the best ten
  seconds beside it.
- One process keeps 95% of the permitted rate for **${keeping(mornings, 0.95)} councils** (the middle council's pace).
- Memory is of the largest process. It grows until the store's cache is full, whatever the number of councils.
- Cards that someone got twice, and councils that got more than Teams' 50 in any second: **${faults}**. The most that one
  council got within any second was ${Math.max(...mornings.map(({ mostInASecond }) => mostInASecond))}.

## Requests to the store

${calls}

Calls of the store's port for a hundred managers. *Due* is looking for work. A list is one query on Cosmos DB, whose SDK
makes more than one HTTP request of it; the emulator counts those.

## How it is measured

- Planwatch runs as \`src/start.ts\` puts it together, but for its clock. The connector is a server in a process of its own
  that answers at once, counts each card by person and council, and looks at every stretch of a second.
- One council is written through the store's port, the others are copies of it with their own tenant
  (${tenths(makingSeconds)} seconds for ${whole(most)}). Every morning begins on a fresh copy of the file.
`;
}
