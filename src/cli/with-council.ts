import { type Command, Option } from 'commander';
import { commandLine } from '../usecases/audit-trail.ts';
import type { Deps } from '../usecases/deps.ts';
import { type OpenYear, openYear } from '../usecases/session.ts';
import { Ended, exitCodes, type Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

export type CouncilOptions = { council?: string; json?: true };

/** The options of every command that answers from a council's plans. */
export const withCouncilOptions = (command: Command): Command =>
  command
    .addOption(new Option('--council <tenant or name>', 'which council, when the store holds several'))
    .option('--json', 'print JSON instead of a table');

/** Opens the year that a council is reporting, for as long as `use` takes. */
export const withCouncil = (
  terminal: Terminal,
  { council }: CouncilOptions,
  use: (deps: Deps, year: OpenYear) => Promise<void>,
): Promise<void> =>
  withStore(terminal, async (deps) =>
    use(deps, await openYear(deps, await tenantNamed(deps, council), commandLine)),
  );

async function tenantNamed({ store }: Deps, named?: string): Promise<string> {
  const tenants = await store.tenants();
  const councils = await Promise.all(
    tenants.map(async (tenant) => ({
      tenant,
      name: (await store.read({ tenant, year: null }, 'council', 'council'))?.data.name ?? tenant,
    })),
  );
  const wanted = named?.toLowerCase();
  const found = wanted
    ? councils.filter(({ tenant, name }) => tenant === wanted || name.toLowerCase().includes(wanted))
    : councils;
  if (found.length === 1) return found[0]!.tenant;
  if (councils.length === 0)
    throw new Ended(exitCodes.fault, 'No plans have been loaded yet. Run: import FOLDER');
  const names = councils.map(({ name, tenant }) => `  ${name} (${tenant})`).join('\n');
  throw new Ended(exitCodes.usage, `Say which council with --council:\n${names}`);
}
