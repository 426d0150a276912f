import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { datesOf } from '../../src/domain/calendar.ts';
import { calendarRows } from '../../src/domain/calendar-rows.ts';
import { composeDigest, type DigestContent, paginate } from '../../src/domain/compose-digest.ts';
import type { KpiUpdate } from '../../src/domain/kpi.ts';
import type { Person } from '../../src/domain/people.ts';
import { periodOf, periodsOf } from '../../src/domain/periods.ts';
import { settleRule } from '../../src/domain/rating.ts';
import { auditCard } from '../../src/teams/cards/audit.ts';
import { calendarCard } from '../../src/teams/cards/calendar.ts';
import { channelChoicesCard } from '../../src/teams/cards/channel-choices.ts';
import { connectCard, connectedCard } from '../../src/teams/cards/connect.ts';
import { coverCard } from '../../src/teams/cards/cover.ts';
import { deliveriesCard } from '../../src/teams/cards/deliveries.ts';
import { digestCard } from '../../src/teams/cards/digest.ts';
import { eraseCard } from '../../src/teams/cards/erase.ts';
import { erasedCard } from '../../src/teams/cards/erased.ts';
import { heldAboutCard } from '../../src/teams/cards/held-about.ts';
import { helpCard } from '../../src/teams/cards/help.ts';
import { holdFormCard } from '../../src/teams/cards/hold-form.ts';
import { holdsCard } from '../../src/teams/cards/holds.ts';
import { type KpiFormView, kpiFormCard } from '../../src/teams/cards/kpi-form.ts';
import { kpiHistoryCard } from '../../src/teams/cards/kpi-history.ts';
import { lateCard } from '../../src/teams/cards/late.ts';
import { messageCard, unknownPersonCard } from '../../src/teams/cards/message.ts';
import { milestoneFormCard } from '../../src/teams/cards/milestone-form.ts';
import { movePeriodCard } from '../../src/teams/cards/move-period.ts';
import { myUpdatesCard } from '../../src/teams/cards/my-updates.ts';
import { offTargetCard } from '../../src/teams/cards/off-target.ts';
import { personChoicesCard } from '../../src/teams/cards/person-choices.ts';
import { planChoicesCard } from '../../src/teams/cards/plan-choices.ts';
import { planStatusCard } from '../../src/teams/cards/plan-status.ts';
import { receiptCard } from '../../src/teams/cards/receipt.ts';
import { remindersCard } from '../../src/teams/cards/reminders.ts';
import type { Card } from '../../src/teams/cards/render.ts';
import { retentionCard } from '../../src/teams/cards/retention.ts';
import { scheduleCard } from '../../src/teams/cards/schedule.ts';
import { seenCard } from '../../src/teams/cards/seen.ts';
import { setCoverCard } from '../../src/teams/cards/set-cover.ts';
import { staleFormCard } from '../../src/teams/cards/stale-form.ts';
import { unreachableCard } from '../../src/teams/cards/unreachable.ts';
import { welcomeCard } from '../../src/teams/cards/welcome.ts';
import {
  type SampleDueItem,
  type SampleReport,
  type SampleUpdate,
  sampleDueItem,
  sampleKpi,
  sampleMilestone,
  sampleMilestoneUpdate,
  sampleReport,
  sampleUpdate,
  settings,
} from './sample-parts.ts';

// biome-ignore lint/suspicious/noExplicitAny: a sample is JSON, and each screen's module says what it must be
type Sample = any;

const nameOf = (person: string | null) => person ?? 'no one named';
const foot = (view: Sample) => ({
  dayLine: view.dayLine,
  withheld: view.withheld,
  asAt: view.asAt,
  notice: view.notice,
});

/** How a screen's samples become its cards: by the very modules that the bot uses. */
export const screens: Record<string, (view: Sample) => Card> = {
  welcome: welcomeCard,
  help: helpCard,
  message: messageCard,
  'unknown-person': unknownPersonCard,
  'my-updates': myUpdates,
  'kpi-form': kpiForm,
  'milestone-form': milestoneForm,
  'stale-form': staleFormCard,
  receipt: receiptCard,
  'plan-status': planStatus,
  'kpi-history': kpiHistory,
  'plan-choices': planChoicesCard,
  'off-target': (view) =>
    offTargetCard({
      ...view,
      period: periodOf(view.period),
      reports: repeated<SampleReport>(view.reports, view.repeat).map(sampleReport),
    }),
  late: (view) => lateCard({ ...view, items: repeated(view.items, view.repeat) }),
  reminders: (view) => remindersCard({ ...choosing, ...view, deputies: peopleNamed(view.deputies) }),
  'set-cover': (view) => setCoverCard({ ...choosing, now: '', ...view, people: peopleNamed(view.people) }),
  cover: (view) => coverCard({ maySet: false, ...view, lines: repeated(view.lines, view.repeat) }),
  unreachable: (view) => unreachableCard({ ...view, people: repeated(view.people, view.repeat) }),
  audit: (view) => auditCard({ ...view, entries: repeated(view.entries, view.repeat) }),
  holds: (view) => holdsCard({ ...view, holds: repeated(view.holds, view.repeat) }),
  'hold-form': (view) => holdFormCard({ ...choosing, ...view, people: peopleNamed(view.people) }),
  'person-choices': personChoicesCard,
  erase: eraseCard,
  erased: (view) => erasedCard({ ...view, left: repeated(view.left, view.repeatLeft) }),
  'held-about': heldAboutCard,
  retention: retentionCard,
  deliveries: (view) => deliveriesCard({ ...view, lines: repeated(view.lines, view.repeat) }),
  digest,
  calendar,
  'move-period': (view) =>
    movePeriodCard({ typed: {}, faults: {}, movedBy: null, ...view, period: periodOf(view.period) }),
  connect: connectCard,
  connected: connectedCard,
  schedule: scheduleCard,
  'channel-choices': channelChoicesCard,
  seen: seenCard,
};

/** What a form starts with. */
const choosing = {
  today: '2009-10-14',
  stamp: '2009sample',
  done: '',
  notes: [],
  part: null,
  problem: '',
  typed: {},
  faults: {},
};

/** People by their names alone; a name of one is its id. `names` may be a number: so many people. */
const peopleNamed = (names: string[] | number): Person[] =>
  (typeof names === 'number'
    ? Array.from({ length: names }, (_, at) => `Person Number${at + 1}`)
    : names
  ).map((name, at) => ({
    id: String(at + 1).padStart(24, '0'),
    email: '',
    name,
    roles: ['manager'],
    portfolios: [],
    entraObjectId: null,
    deputy: null,
    conversation: null,
  }));

const repeated = <T>(items: T[], times = 1): T[] => Array.from({ length: times }, () => items).flat();

function calendar(view: Sample): Card {
  return calendarCard({
    used: ['monthly', 'quarterly', 'half-yearly', 'annual'],
    otherYears: ['2008/09'],
    ...view,
    rows: calendarRows(view.year, view.frequency, { ...settings.calendar, moves: view.moves }, view.today),
    nameOf,
    inWords: () => '8 October 2009, 2.15pm',
  });
}

function myUpdates(view: Sample): Card {
  const items = repeated(view.items as SampleDueItem[], view.repeat).map(sampleDueItem);
  const order = ['overdue', 'due', 'given'];
  return myUpdatesCard({
    ...view,
    items: items.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    given: items.filter(({ state }) => state === 'given').length,
    total: items.length,
    planTitles: new Map(),
  });
}

function kpiForm(view: Sample): Card {
  const kpi = sampleKpi(view.kpi);
  const period = periodOf(view.period);
  const last: { period: string; update: SampleUpdate } | undefined = view.last;
  const form: KpiFormView = {
    form: '2009.sample',
    planTitle: view.plan,
    because: '',
    typed: {},
    faults: {},
    ratingSoFar: null,
    asksReason: false,
    ...view,
    kpi,
    period,
    due: datesOf(period, settings.calendar).due,
    rule: settleRule(kpi, period, settings.rating, null),
    last: last ? sampleUpdate(kpi, last.period, last.update) : null,
  };
  return kpiFormCard(form);
}

function milestoneForm(view: Sample): Card {
  return milestoneFormCard({
    form: '2009.sample',
    planTitle: view.plan,
    projectTitle: view.project,
    typed: {},
    faults: {},
    asksReason: false,
    ...view,
    period: periodOf(view.period),
    milestone: sampleMilestone(view.milestone),
    last: view.last ? sampleMilestoneUpdate(view.last) : null,
  });
}

function planStatus(view: Sample): Card {
  return planStatusCard({
    ...foot(view),
    report: sampleReport(view.report),
    directorate: view.directorate,
    comparison: 'previous-period',
    today: view.report.today ?? '2009-10-26',
    nameOf,
    periods: periodsOf('2009/10', 'quarterly').slice(0, view.report.period === '2009/10 Q1' ? 1 : 2),
    back: view.back,
  });
}

function digest(view: Sample): Card {
  const now = view.now ?? '2009-10-26T09:12:00Z';
  const told = (period: string, previous: DigestContent | null) =>
    composeDigest({
      audience: view.audience,
      period: periodOf(period),
      reports: view.reports.map((report: SampleReport) => sampleReport({ ...report, period })),
      settings,
      previous,
      people: nameOf,
      now,
      leftOut: view.leftOut,
    });
  const { changes, earlierChanges } = view;
  const composed = told('2009/10 Q2', view.previous ? told(view.previous, null) : null);
  const content = { ...composed, ...(changes ? { changes, earlierChanges } : {}) };
  const pages = paginate(content, (page) => JSON.stringify(page).length * 2, 30_000);
  const page = view.page ?? 1;
  const shown = { digest: 'd', content: pages[page - 1]!, page, pages: pages.length, seen: view.seen };
  return digestCard({ ...foot(view), ...shown });
}

function kpiHistory(view: Sample): Card {
  const kpi = sampleKpi(view.kpi);
  const entry = ({
    period,
    by,
    at,
    ...update
  }: Partial<KpiUpdate> & { period: string; by: string; at: string }) => ({
    update: sampleUpdate(kpi, period, update),
    by,
    at,
  });
  return kpiHistoryCard({
    ...view,
    kpi,
    periods: view.periods.map(entry),
    earlier: view.earlier.map((one: Sample) => ({ ...entry(one), replacedBecause: one.replacedBecause })),
  });
}

export type NamedCard = { screen: string; sample: string; card: Card };

const folder = join(import.meta.dirname, '../../cards');

/** The names of all screens that have a template; the frame is part of each and no screen itself. */
export const screenNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.samples.json') && file !== 'frame.json')
    .map((file) => file.slice(0, -'.json'.length));

/** The samples of a screen, read anew each time so that the gallery shows what was just changed. */
export const samplesOf = (screen: string): { name: string; view: Sample }[] =>
  JSON.parse(readFileSync(join(folder, `${screen}.samples.json`), 'utf8'));

/** Every sample of every screen as its card. */
export const allCards = (): NamedCard[] =>
  screenNames().flatMap((screen) =>
    samplesOf(screen).map(({ name, view }) => ({ screen, sample: name, card: screens[screen]!(view) })),
  );
