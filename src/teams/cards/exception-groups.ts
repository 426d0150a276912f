import type { PlanException } from '../../domain/report.ts';

const shades = [
  { shade: 'red', band: 'attention', words: (count: number) => `✖ ${count} Red` },
  { shade: 'amber', band: 'warning', words: (count: number) => `▲ ${count} Amber` },
  { shade: 'green', band: 'emphasis', words: (count: number) => `✔ ${count} Green now, forecast to end Red` },
] as const;

function shadeOf(exception: PlanException): (typeof shades)[number]['shade'] {
  const { rating } = 'kpi' in exception ? exception.kpi : exception.milestone;
  return rating === 'red' || rating === 'amber' ? rating : 'green';
}

/**
 * Exceptions under a band each for Red, Amber, and Green whose forecast is Red. A band counts all of its
 * exceptions, of which the first `most` of the plan are told.
 */
export function exceptionGroups<Told>(
  exceptions: readonly PlanException[],
  most: number,
  tell: (exception: PlanException) => Told,
) {
  const told = new Set(exceptions.slice(0, most));
  return shades.flatMap(({ shade, band, words }) => {
    const own = exceptions.filter((exception) => shadeOf(exception) === shade);
    const shown = own.filter((exception) => told.has(exception));
    return shown.length > 0 ? [{ band, heading: words(own.length), exceptions: shown.map(tell) }] : [];
  });
}
