import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DigestCost } from './measure-digest.ts';

/** The costs of the council's digest for councils of these sizes, smallest first. */
export async function measureDigests(
  folder: string,
  sizes: readonly { plans: number; repeats: number }[],
): Promise<DigestCost[]> {
  const costs: DigestCost[] = [];
  for (const { plans, repeats } of sizes) {
    const file = join(folder, `digest-${plans}.db`);
    const child = fork(join(import.meta.dirname, 'measure-digest.ts'), [], {
      env: { PATH: process.env.PATH, PLANS: String(plans), SQLITE_FILE: file, REPEATS: String(repeats) },
    });
    const [answer] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`measuring ${plans} plans stopped with code ${code}`);
      }),
    ]);
    if (child.exitCode === null) await once(child, 'exit');
    costs.push(answer as DigestCost);
    rmSync(file, { force: true });
  }
  return costs;
}
