import type { YearSettings } from '../domain/council.ts';
import type { Audience } from '../domain/digest.ts';
import { Ended, exitCodes } from './terminal.ts';

/**
 * The audience that these words name: `scrutiny`, `council`, or a portfolio by its ref, its name or part of it.
 * Throws `Ended` with the names there are when none or several fit.
 */
export function audienceNamed({ portfolios }: YearSettings, words: string): Audience {
  const said = words.trim().toLowerCase();
  if (said === 'scrutiny' || said === 'council') return { kind: said };
  const wanted = said.replace(/^portfolio:/, '');
  const exact = portfolios.find(({ ref, name }) => [ref, name].some((each) => each.toLowerCase() === wanted));
  if (exact) return { kind: 'portfolio', portfolio: exact.ref };
  const near = wanted ? portfolios.filter(({ name }) => name.toLowerCase().includes(wanted)) : [];
  if (near.length === 1) return { kind: 'portfolio', portfolio: near[0]!.ref };
  const names = (near.length > 0 ? near : portfolios).map(({ ref, name }) => `  ${ref}  ${name}`);
  throw new Ended(
    exitCodes.fault,
    near.length > 0
      ? `Several portfolios match “${words}”:\n${names.join('\n')}`
      : `There is no audience “${words}”. There are:\n  scrutiny\n  council\n${names.join('\n')}`,
  );
}
