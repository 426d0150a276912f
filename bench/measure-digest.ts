import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Channel } from '../src/domain/channel.ts';
import { parsePeriod } from '../src/domain/periods.ts';
import { openStore } from '../src/store/open-store.ts';
import { digestCard } from '../src/teams/cards/digest.ts';
import { composeSaid } from '../src/usecases/compose-said.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { openYear } from '../src/usecases/session.ts';
import { nextRevision } from '../src/usecases/write-digest.ts';
import { tenant, today, year } from './council-settings.ts';
import { generateCouncil } from './generate-council.ts';
import { median } from './statistics.ts';

/** What one digest cost, in milliseconds. `first` is from a store just opened, `again` from the same one. */
export type DigestCost = {
  plans: number;
  pages: number;
  fileBytes: number;
  first: number;
  again: number;
  /** Of the first: reading and composing, cutting into pages, rendering every page. */
  parts: { compose: number; pages: number; render: number };
};

const channel: Channel = {
  conversationId: 'bench-channel',
  serviceUrl: 'http://127.0.0.1/',
  name: 'Council',
  audience: { kind: 'council' },
  cleared: false,
  boundBy: 'clerk-1',
  boundAt: `${today}T09:00:00.000Z`,
};
const period = parsePeriod(`${year} Q4`)!;
const now = `${today}T10:00:00.000Z`;

async function timed(deps: Deps) {
  const began = performance.now();
  const open = await openYear(deps, tenant, 'bench', year);
  const said = await composeSaid(deps, open, channel, period);
  const composed = performance.now();
  const revision = await nextRevision(deps, open, channel, period, said, null, { now, by: null });
  const { digest } = revision;
  const cut = performance.now();
  const pages = revision.pages.flatMap((change) =>
    change.kind === 'digest-page' && change.change === 'create' ? [change.data] : [],
  );
  for (const { page, content: shown } of pages) {
    digestCard({ digest: 'bench', content: shown as typeof said.content, page, pages: digest.pages });
  }
  const rendered = performance.now();
  return {
    whole: rendered - began,
    pages: digest.pages,
    parts: { compose: composed - began, pages: cut - composed, render: rendered - cut },
  };
}

async function measure(plans: number, file: string, repeats: number): Promise<DigestCost> {
  const open = async () => {
    const store = await openStore({ kind: 'sqlite', file });
    return { store, deps: { store, now: () => now, wallNow: () => now, newId: randomUUID } };
  };
  const generating = await openStore({ kind: 'sqlite', file });
  await generateCouncil(generating, plans);
  await generating.close();
  const firsts: Awaited<ReturnType<typeof timed>>[] = [];
  const agains: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const { store, deps } = await open();
    firsts.push(await timed(deps));
    agains.push((await timed(deps)).whole);
    await store.close();
  }
  const middle = (of: (one: Awaited<ReturnType<typeof timed>>) => number) => median(firsts.map(of));
  return {
    plans,
    pages: firsts[0]!.pages,
    fileBytes: statSync(file).size,
    first: middle(({ whole }) => whole),
    again: median(agains),
    parts: {
      compose: middle(({ parts }) => parts.compose),
      pages: middle(({ parts }) => parts.pages),
      render: middle(({ parts }) => parts.render),
    },
  };
}

// A process of its own for each size, so that one size's memory is no burden to the next.
const { PLANS, SQLITE_FILE, REPEATS } = process.env;
process.send?.(await measure(Number(PLANS), SQLITE_FILE!, Number(REPEATS)));
process.disconnect?.();
