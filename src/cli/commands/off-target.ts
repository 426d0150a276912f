import { Command } from 'commander';
import { periodName } from '../../domain/periods.ts';
import { statusWords } from '../../domain/words.ts';
import { offTargetIn } from '../../usecases/list-off-target.ts';
import { planText } from '../plan-text.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';
import { json } from './status.ts';

type Options = CouncilOptions & { portfolio?: string; directorate?: string; period?: string };

/** `planwatch off-target`: the plans that are off target or at risk, the worst first. */
export const offTargetCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('off-target'))
    .description('Show the plans that are off target or at risk.')
    .option('--portfolio <ref>', 'one portfolio’s plans alone')
    .option('--directorate <ref>', 'one directorate’s plans alone')
    .option('--period <period>', 'such as "2009/10 Q2"; the current quarter when left out')
    .action((options: Options) =>
      withCouncil(terminal, options, async (deps, year) => {
        const { portfolio, directorate, period } = options;
        const area = portfolio
          ? `portfolio:${portfolio}`
          : directorate
            ? `directorate:${directorate}`
            : undefined;
        const found = await offTargetIn(deps, year, () => true, { area, period });
        const wanted = found.reports.filter(({ status }) => status === 'off-target' || status === 'at-risk');
        if (options.json) return terminal.out(json(found.session, found.period, wanted));
        const off = wanted.filter(({ status }) => status === 'off-target').length;
        terminal.out(
          [
            `${found.area.name}, ${periodName(found.period)}`,
            `${found.reports.length} ${found.reports.length === 1 ? 'plan' : 'plans'}: ${off} ${statusWords['off-target'].word.toLowerCase()}, ${wanted.length - off} ${statusWords['at-risk'].word.toLowerCase()}`,
            '',
            ...wanted.map(planText),
          ].join('\n'),
        );
      }),
    );
