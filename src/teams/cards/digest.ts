import type {
  DigestBrief,
  DigestContent,
  DigestException,
  DigestGroup,
  DigestMissing,
} from '../../domain/digest-content.ts';
import { sayProvisional } from '../../domain/explain.ts';
import { type PlanStatus, planStatuses } from '../../domain/report.ts';
import { cut } from '../../domain/typed-text.ts';
import { countsInWords, plural, statusWords } from '../../domain/words.ts';
import type { Button } from './button.ts';
import { fitting } from './fitting.ts';
import { pageButtons, pageLine } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { bandOf } from './tone.ts';

export type DigestView = Foot & {
  /** The digest's opaque id. */
  digest: string;
  /** One page of it. */
  content: DigestContent;
  page: number;
  pages: number;
  /** Where it isn't what stands now: from when until when it was shown, and what leads on from it. */
  seen?: SeenOnCard;
};

export type SeenOnCard = {
  shown: string;
  withheld: string;
  data: Button['data'];
  buttons: readonly Button[];
};

/** A page of a digest: what changed, the counts, and what is off target and why; the rest is folded below. */
export const digestCard = (view: DigestView): Card =>
  fitting([Number.POSITIVE_INFINITY, 160, 60], (words) => digest(view, words));

function digest(view: DigestView, words: number): Card {
  const { content, page, pages, seen } = view;
  const { audienceName, council, periodName, groups, atRisk, missing } = content;
  const paged = { shown: [], page, pages };
  const subtitle = audienceName === council ? periodName : `${council} · ${periodName}`;
  const foot = {
    ...view,
    // Whether it quotes anyone is said among its own figures.
    withheld: null,
    asAt: view.asAt ?? content.asAt,
    notice: view.notice ?? content.notice,
  };
  return renderCard('digest', { title: audienceName, subtitle }, foot, {
    digest: seen ? '' : view.digest,
    page,
    shown: seen?.shown ?? '',
    withheld: seen?.withheld ?? '',
    ...changesOf(content, page),
    strip: stripOf(content),
    plans: groups.flatMap((group, at) => planGroup(group, at, words)),
    directorates: groups.flatMap((group, at) => directorateGroup(group, at, words)),
    folds: [
      { section: 'at-risk', title: `▲ At risk: ${plural(atRisk.length, 'plan')}`, there: atRisk.length > 0 },
      { section: 'missing', title: `● Missing: ${missingCount(missing)}`, there: missing.length > 0 },
    ].filter(({ there }) => there),
    atRisk: atRisk.map(brief),
    missing: missing.map(missingOf),
    pageLine: pageLine(paged),
    buttons: seen
      ? [...pageButtons(paged, 'seen-open', seen.data), ...seen.buttons]
      : pageButtons(paged, 'digest-page', { digest: view.digest }),
  });
}

/** What changed since the post, on its first page. */
function changesOf({ changes = [], earlierChanges = 0 }: DigestContent, page: number) {
  return {
    changes: page === 1 ? changes.map(({ text, when }) => ({ change: `${text} (${when})` })) : [],
    earlierChanges: earlierChanges > 0 ? `and ${plural(earlierChanges, 'earlier change')}` : '',
  };
}

function stripOf(content: DigestContent) {
  const { headline, plans, statuses, kpis, counts, provisional, leftOut, finality } = content;
  const worst = planStatuses.find((status) => (statuses[status] ?? 0) > 0) ?? 'not-reported';
  const said = planStatuses
    .filter((status) => (statuses[status] ?? 0) > 0)
    .map((status: PlanStatus) => `${statuses[status]} ${statusWords[status].word.toLowerCase()}`);
  const beside = [
    content.preElection
      ? 'Pre-election period: what managers wrote is not shown, and scheduled digests wait until it is over.'
      : '',
    provisional > 0 ? `${plural(provisional, 'figure is', 'figures are')} provisional.` : '',
    leftOut > 0
      ? `${plural(leftOut, 'plan is', 'plans are')} exempt or confidential and not shown here.`
      : '',
  ];
  return {
    style: bandOf(statusWords[worst]),
    headline: `${statusWords[worst].symbol} ${headline}`,
    plans: said.length > 0 ? `${plural(plans, 'plan')}: ${said.join(', ')}` : '',
    kpis: kpis > 0 ? `${plural(kpis, 'KPI')}: ${countsInWords(counts)}` : '',
    beside: beside.filter(Boolean).join(' '),
    finality: finality?.text ?? '',
  };
}

function exceptionOf(exception: DigestException, length: number) {
  const { title, ratingText, because, trendText, forecastText, persistent, provisional, dataAge } = exception;
  return {
    title,
    rating: persistent ? `${ratingText} · two or more periods running` : ratingText,
    because: sayProvisional(because, provisional),
    beside: [dataAge ? `figure for ${dataAge}` : '', trendText ?? '', forecastText ?? '']
      .filter(Boolean)
      .join(' · '),
    words: wordsOf(exception, length),
    action: exception.action ? `Action: ${cut(exception.action, length)}` : '',
  };
}

const wordsOf = ({ commentary, saidBy }: DigestException, length: number): string =>
  commentary ? `“${cut(commentary, length)}”${saidBy ? ` – ${saidBy}` : ''}` : '';

const moreLine = (more: number): string =>
  more > 0 ? `${plural(more, 'further exception')} on the plan’s own card: press Open plan` : '';
const goesOn = (heading: string, continued: boolean) => (continued ? `${heading} (continued)` : heading);

/** `✖` of `✖ Off target`: the band's heading says the status by it. */
const symbolOf = (text: string): string => text.split(' ')[0]!;

/** A plan off target: its worst exception is there to read, the others are one press away. */
function planGroup({ plan, heading, exceptions, more, continued }: DigestGroup, at: number, words: number) {
  if (!plan) return [];
  const folded = exceptions.slice(1).map((_, index) => `plan-${at}-${index + 1}`);
  return [
    {
      plan: plan.ref,
      heading: `${symbolOf(plan.statusText)} ${goesOn(heading, continued)}`,
      status: plan.countsText,
      exceptions: exceptions.map((exception, index) => ({
        ...exceptionOf(exception, words),
        id: `plan-${at}-${index}`,
        shown: index === 0,
      })),
      folded,
      foldTitle: `Show ${folded.length} more`,
      more: moreLine(more),
    },
  ];
}

/** A directorate's exceptions, each with its plan; the managers' words are one press away. */
function directorateGroup({ plan, heading, exceptions, continued }: DigestGroup, at: number, words: number) {
  if (plan) return [];
  return [
    {
      heading: goesOn(heading, continued),
      exceptions: exceptions.map((exception, index) => {
        const said = exceptionOf(exception, words);
        return {
          ...said,
          plan: exception.plan.ref,
          planTitle: exception.plan.title,
          id: `words-${at}-${index}`,
          words: [said.words, said.action].filter(Boolean).join('\n'),
        };
      }),
      folded: exceptions.flatMap(({ commentary, action }, index) =>
        commentary || action ? [`words-${at}-${index}`] : [],
      ),
    },
  ];
}

const brief = ({ title, lines, more }: DigestBrief) => ({
  title: `▲ ${title}`,
  lines: lines.map((line) => ({ line })),
  more: more > 0 ? `and ${more} more` : '',
});

function missingCount(missing: readonly DigestMissing[]): string {
  const overdue = missing.reduce((sum, each) => sum + each.overdue, 0);
  const awaited = missing.reduce((sum, each) => sum + each.awaited, 0);
  return [overdue > 0 ? `${overdue} overdue` : '', awaited > 0 ? `${awaited} awaited` : '']
    .filter(Boolean)
    .join(', ');
}

const missingOf = ({ title, items, more }: DigestMissing) => ({
  title,
  lines: items.map((item) => ({
    line: `${item.overdue ? '● Overdue' : '○ Awaited'}: ${item.title} – ${item.manager}. ${item.dueText}`,
  })),
  more: more > 0 ? `and ${more} more` : '',
});
