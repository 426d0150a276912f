import type {
  DigestBrief,
  DigestContent,
  DigestException,
  DigestGroup,
  DigestMissing,
} from '../domain/digest-content.ts';
import { sayProvisional } from '../domain/explain.ts';
import { planStatuses } from '../domain/report.ts';
import { countsInWords, plural, statusWords } from '../domain/words.ts';

const lines = (...said: (string | null | false | string[])[]): string[] =>
  said.flatMap((each) => (each ? each : []));
const indented = (said: string[], by = '  '): string[] =>
  said.flatMap((each) => each.split('\n')).map((each) => by + each);
const section = (heading: string, said: string[]): string[] =>
  said.length > 0 ? ['', heading, ...indented(said)] : [];

/** A digest for people to read on a terminal: the same words as on the card in the channel, and all of them. */
export function digestText(content: DigestContent): string {
  const { audienceName, council, periodName, asAt, headline, plans, statuses, kpis, counts } = content;
  const said = planStatuses
    .filter((status) => (statuses[status] ?? 0) > 0)
    .map((status) => `${statuses[status]} ${statusWords[status].word.toLowerCase()}`);
  return lines(
    audienceName === council ? council : `${audienceName}, ${council}`,
    `${periodName}, as at ${asAt}`,
    content.notice,
    '',
    content.finality?.text ?? null,
    ['', headline],
    plans > 0 && `${plural(plans, 'plan')}: ${said.join(', ')}`,
    kpis > 0 && `${plural(kpis, 'KPI')}: ${countsInWords(counts)}`,
    content.provisional > 0 && `${plural(content.provisional, 'figure is', 'figures are')} provisional.`,
    content.leftOut > 0 &&
      `${plural(content.leftOut, 'plan is', 'plans are')} exempt or confidential and not shown here.`,
    content.preElection === true && 'Pre-election period: what managers wrote is not shown.',
    section('Changed since this was posted', changesText(content)),
    content.groups.flatMap(groupText),
    section(`▲ At risk: ${plural(content.atRisk.length, 'plan')}`, content.atRisk.flatMap(briefText)).filter(
      () => content.atRisk.length > 0,
    ),
    section('● Updates still missing', content.missing.flatMap(missingText)),
  ).join('\n');
}

const changesText = ({ changes = [], earlierChanges = 0 }: DigestContent): string[] =>
  lines(
    changes.map(({ text, when }) => `${text} (${when})`),
    earlierChanges > 0 && `and ${plural(earlierChanges, 'earlier change')}`,
  );

const groupText = ({ heading, plan, exceptions, more }: DigestGroup): string[] => [
  ...section(
    plan ? `${heading} (${plan.ref}): ${plan.statusText}` : heading,
    lines(
      plan?.countsText ?? null,
      exceptions.flatMap((exception) => exceptionText(exception, plan === null)),
      more > 0 && `and ${more} more`,
    ),
  ),
];

function exceptionText(exception: DigestException, withPlan: boolean): string[] {
  const { title, ratingText, persistent, because, trendText, forecastText, commentary, action, saidBy } =
    exception;
  const beside = [
    sayProvisional(because, exception.provisional),
    exception.dataAge && `figure for ${exception.dataAge}`,
    trendText,
    forecastText,
  ];
  return [
    `${ratingText}${persistent ? ', two or more periods running' : ''}: ${title}${withPlan ? ` (${exception.plan.title})` : ''}`,
    ...indented(
      lines(
        beside.filter(Boolean).join('; '),
        commentary && `“${commentary}”${saidBy ? ` – ${saidBy}` : ''}`,
        action && `Action: ${action}`,
      ),
      '    ',
    ),
  ];
}

const briefText = ({ title, ref, lines: worst, more }: DigestBrief): string[] => [
  `${title} (${ref})`,
  ...indented(lines(worst, more > 0 && `and ${more} more`)),
];

const missingText = ({ title, ref, items, more }: DigestMissing): string[] => [
  `${title} (${ref})`,
  ...indented(
    lines(
      items.map(
        ({ title: item, manager, overdue, dueText }) =>
          `${overdue ? '● Overdue' : '○ Awaited'}: ${item} – ${manager}. ${dueText}`,
      ),
      more > 0 && `and ${more} more`,
    ),
  ),
];
