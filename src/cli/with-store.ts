import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import { storeFault } from '../start-up-fault.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';
import { Ended, exitCodes, type Terminal } from './terminal.ts';

/** Opens the store that the bot's own environment names, for as long as `use` takes. */
export async function withStore<T>(terminal: Terminal, use: (deps: Deps) => Promise<T>): Promise<T> {
  const read = readConfig(terminal.env);
  if (!read.ok) throw new Ended(exitCodes.usage, read.message);
  const store = await openStore(read.config.store).catch((error: unknown) => {
    const fault = storeFault(error, read.config.store);
    throw fault === null ? error : new Ended(exitCodes.usage, fault);
  });
  try {
    const now = read.config.mode === 'playground' ? await playgroundNow(store, terminal) : terminal.now;
    return await use({ store, now, wallNow: terminal.now, newId: randomUUID });
  } finally {
    await store.close();
  }
}

/** In playground mode a command lives on the same day as the bot. */
async function playgroundNow(store: Store, terminal: Terminal): Promise<Deps['now']> {
  const { openClock } = await import('../playground/clock.ts');
  return (await openClock(store, terminal.now)).now;
}
