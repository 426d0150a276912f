import type { KpiUpdate } from '../../src/domain/kpi.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { composePaper } from '../../src/paper/compose-paper.ts';
import { toCsv } from '../../src/paper/to-csv.ts';
import type { Kind } from '../../src/store/documents.ts';
import type { Stored } from '../../src/store/store.ts';
import { allFeatures } from '../../src/teams/features/all.ts';
import type { FeatureDeps } from '../../src/teams/features/at-work.ts';
import type { Handler, Router, TextHandler } from '../../src/teams/router.ts';
import type { Answer, Conversation, Turn } from '../../src/teams/turn.ts';
import { movePeriod } from '../../src/usecases/move-period.ts';
import { loadReports } from '../../src/usecases/plan-reports.ts';
import { setPreElection } from '../../src/usecases/pre-election.ts';
import { openYear } from '../../src/usecases/session.ts';
import { kentTenant } from '../support/kent.ts';
import { wordsOf } from '../support/kent-bot.ts';
import { openPosting, type Posting } from '../support/posting.ts';

let posting: Posting;
const verbs = new Map<string, Handler>();
const texts: [RegExp, TextHandler][] = [];
let otherwise: Handler;

beforeAll(async () => {
  posting = await openPosting();
  const deps: FeatureDeps = { ...posting.kent.deps, dayLine: () => null, nudge: () => {} };
  const router: Router = {
    text: (_name, pattern, handler) => void texts.push([pattern, handler]),
    verb: (name, handler) => void verbs.set(name, handler),
    event: () => {},
    otherwise: (handler) => {
      otherwise = handler;
    },
  };
  for (const feature of allFeatures(deps, [])) feature(router);
  await giveReasonsOfEveryKind();
  await postTwice();
}, 60_000);
afterAll(() => posting.close());

const switched = async (on: boolean) => {
  await setPreElection(posting.kent.deps, await posting.kent.as('Sam Whitlock'), on);
  await posting.deliver();
};

/** What the sample has not: a correction with a reason, a figure for other months, a rating approved by hand, a decision, a moved period. */
async function giveReasonsOfEveryKind(): Promise<void> {
  const { kent, year } = posting;
  for (const result of ['41', '42', '43']) await posting.give(result);
  const change = async (stored: Stored, data: object) =>
    kent.store.write(stored.partition, [
      { change: 'replace', kind: stored.kind, id: stored.id, version: stored.version, data } as never,
    ]);
  const [red] = (await kent.store.list(year, 'kpi-update', { plan: 'KHS' })).filter(
    ({ data: { rating, period } }) => rating.computed === 'amber' && period === '2009/10 M06',
  );
  const override: KpiUpdate['rating']['override'] = {
    rating: 'red',
    reason: 'The auditor found that the sample was too small to count.',
    approvedBy: 'Sam Whitlock',
    approvedAt: '2009-10-13T09:00:00.000Z',
  };
  const dataAge = 'April to June, as the contractor counts them';
  await change(red!, { ...red!.data, dataAge, rating: { ...red!.data.rating, override } });
  const [milestone] = await kent.store.list(year, 'milestone-update', { plan: 'KHS' });
  const decision = {
    by: 'Councillor Penhaligon',
    on: '2009-09-03',
    reference: 'Minute forty-one of the board',
  };
  await change(milestone!, { ...milestone!.data, state: 'deferred', decision });
  const moved = await movePeriod(kent.deps, await kent.as('Sam Whitlock'), {
    period: '2009/10 Q2',
    seen: 0,
    due: '2009-10-28',
    reason: 'The contractor’s survey comes a week late.',
  });
  expect(moved.outcome).toBe('moved');
}

/** A post that a newer has followed, both with quotes, in a channel that may see every plan. */
async function postTwice(): Promise<void> {
  await posting.connect('one', 'council', true);
  for (const day of ['16', '19']) {
    await posting.schedule('one', `on ${day} October 2009 at 9`);
    posting.go(`2009-10-${day}T09:00:00.000Z`);
    await posting.round();
    await posting.deliver();
  }
}

const conversation = (id: string, kind: Conversation['kind']): Conversation => ({
  id,
  postId: id,
  serviceUrl: 'http://127.0.0.1/',
  kind,
  name: id,
  team: null,
});
const places = { channel: conversation('one', 'channel'), chat: conversation('chat', 'personal') };
type Where = keyof typeof places;

async function turn(more: Partial<Turn>, where: Where): Promise<Turn> {
  const { person } = (await posting.kent.as('Grace Adeyemi')).actor;
  return {
    tenant: kentTenant,
    activityId: 'activity',
    correlationId: 'test',
    conversation: places[where],
    person,
    from: { aadObjectId: 'grace', name: 'Grace Adeyemi' },
    text: '',
    data: {},
    via: 'execute',
    ...more,
  };
}

/** An answer, or the sentence of a refusal. */
const saying = (work: Promise<Answer>): Promise<string> =>
  work.then(wordsOf, (error: { sentence?: string }) => error.sentence ?? Promise.reject(error));

const press = async (verb: string, data: object, where: Where = 'channel') =>
  saying(verbs.get(verb)!(await turn({ data: data as Turn['data'] }, where)));

async function say(text: string, where: Where = 'channel'): Promise<string> {
  const said = await turn({ text, via: 'text' }, where);
  for (const [pattern, handler] of texts) {
    const match = pattern.exec(text);
    if (match) return saying(handler(said, match));
  }
  return saying(otherwise(said));
}

const refs = async (kind: Kind, where = posting.year) =>
  (await posting.kent.store.list(where, kind)).map(({ id }) => id);

/** What can be pressed: every verb of the bot, with every id that it could be about. */
async function everyPress(): Promise<Record<string, object[]>> {
  const plans = (await refs('plan')).map((plan) => ({ plan }));
  const digests = await posting.digests();
  const shown = await posting.kent.store.list(posting.year, 'digest-shown');
  const periods = ['2009/10 Q1', '2009/10 Q2', '2009/10 M06'];
  const form = { form: 'none', result: '1', state: 'complete' };
  const once = [{}];
  return {
    'plan-status': plans.flatMap((plan) => periods.map((period) => ({ ...plan, period }))),
    'digest-plan': plans.map((plan) => ({ ...plan, digest: digests[0]!.id })),
    'kpi-history': (await refs('kpi')).map((kpi) => ({ kpi })),
    'off-target': [1, 2, 3, 4].flatMap((page) => [{ page }, { page, scope: 'portfolio:highways' }]),
    'digest-page': digests.flatMap(({ id, data }) =>
      Array.from({ length: data.pages }, (_, at) => ({ digest: id, page: at + 1 })),
    ),
    seen: ['2009-10-16', '2009-10-19'].map((date) => ({ date })),
    'seen-open': shown.flatMap(({ id, data }) =>
      Array.from({ length: data.pages }, (_, at) => ({ channel: 'one', showing: id, page: at + 1 })),
    ),
    calendar: [{ year: '2009/10', frequency: 'quarterly' }],
    'open-form': [{ item: 'kpi/KHS-02@2009/10 M06' }],
    'next-form': [{ item: 'kpi/KHS-02@2009/10 M06' }],
    correct: [{ item: 'kpi/KHS-02@2009/10 M06' }],
    'submit-kpi': [form],
    'submit-milestone': [form],
    'keep-theirs': [form],
    'replace-theirs': [form],
    'connect-channel': [{ audience: 'council', cleared: 'true' }],
    'send-again': [{ delivery: 'none' }],
    'set-schedule': [{ off: 'yes' }],
    'set-pre-election': [{ on: 'no' }],
    'submit-move': [{ period: '2009/10 Q2', seen: 1, reason: 'Another.' }],
    'move-period': [{ period: '2009/10 Q2' }],
    'add-hold': [{ form: 'form-1', on: 'everything', reason: 'A request.' }],
    'end-hold': [{ hold: 'none' }],
    erase: [{ person: 'none' }],
    'erase-person': [{ person: 'none', reason: 'A request.', confirmed: 'true' }],
    'held-about': [{ person: 'none' }],
    digest: once,
    ...Object.fromEntries(
      [
        ...[
          'audit',
          'connect',
          'cover',
          'cover-form',
          'deliveries',
          'end-cover',
          'end-deputy',
          'help',
          'late',
        ],
        ...['my-updates', 'name-deputy', 'reminders', 'schedule', 'set-cover', 'set-reminders'],
        ...['snooze-reminders', 'unreachable', 'holds', 'hold-form', 'retention'],
      ].map((verb) => [verb, once]),
    ),
  };
}

/** What can be typed: something for every pattern, and every plan by its title. */
const everyText = async (): Promise<string[]> => [
  ...(await posting.kent.store.list(posting.year, 'plan')).flatMap(({ data: { title } }) => [
    `status ${title}`,
    title,
  ]),
  ...['status', 'off target', 'off target in highways', 'late', 'calendar', 'calendar 2009/10', 'digest'],
  ...['seen', 'seen 16 October 2009', 'what did scrutiny see on 19 October 2009', 'deliveries', 'audit'],
  ...['hi', 'help', 'my updates', 'next', 'reminders', 'reminders off', 'snooze', 'snooze until 1 May 2010'],
  ...['deputy', 'deputy none', 'deputy Martin Hollis from 1 May 2010 to 2 May 2010', 'cover'],
  ...['cover for Priya Raman', 'unreachable', 'schedule', 'schedule off', 'connect', 'pre-election off'],
  ...['holds', 'erase Priya Raman', 'held about Priya Raman', 'retention'],
];

/** How a text stands on a card, whatever is escaped or cut short. */
const plain = (text: string) => text.replace(/[\\\s]+/g, ' ').trim();
const begun = (text: string) => plain(text).slice(0, 40);

/** The beginning of every text that a named person gave with a figure, a milestone or a period's dates. */
async function everyQuote(): Promise<Set<string>> {
  const quotes = new Set<string>();
  const kinds = [
    'kpi-update',
    'kpi-update-revision',
    'milestone-update',
    'milestone-update-revision',
  ] as const;
  for (const year of ['2008/09', '2009/10']) {
    for (const kind of kinds) {
      for (const { data } of await posting.kent.store.list({ tenant: kentTenant, year }, kind)) {
        const { commentary, action, reason, dataAge, unavailable, rating, decision } = data as KpiUpdate & {
          decision?: { by: string; reference: string } | null;
        };
        const said = [commentary, action, reason, dataAge, unavailable?.reason, rating?.override?.reason];
        for (const text of [...said, decision?.by, decision?.reference]) {
          // “Cabinet” decides, and stands on cards that quote nobody.
          if (text && text.length > 12) quotes.add(begun(text));
        }
      }
    }
  }
  const settings = await posting.kent.store.read(posting.year, 'settings', 'settings');
  for (const { reason } of Object.values(settings!.data.calendar.moves ?? {})) quotes.add(begun(reason));
  return quotes;
}

/** Which quotes stand in the answer to each thing that can be pressed or typed, where there are any. */
async function walk(where: Where = 'channel'): Promise<Record<string, string[]>> {
  const quotes = [...(await everyQuote())];
  const found: Record<string, string[]> = {};
  const look = (asked: string, answer: string) => {
    const words = plain(answer);
    const said = quotes.filter((quote) => words.includes(quote));
    if (said.length > 0) found[asked] = [...new Set([...(found[asked] ?? []), ...said])].sort();
  };
  for (const [verb, all] of Object.entries(await everyPress())) {
    for (const data of all) look(verb, await press(verb, data, where));
  }
  for (const text of await everyText()) look('typed', await say(text, where));
  return found;
}

test('every verb and every typed command is walked here', async () => {
  expect(Object.keys(await everyPress()).sort()).toEqual([...verbs.keys()].sort());
  const typed = await everyText();
  expect(texts.filter(([pattern]) => !typed.some((text) => pattern.test(text)))).toEqual([]);
});

test('in a channel nobody is quoted while the period is on, and everyone is again when it is over', async () => {
  const before = await walk();
  const quoting = [
    'calendar',
    'digest-page',
    'digest-plan',
    'kpi-history',
    'plan-status',
    'seen',
    'seen-open',
  ];
  expect(Object.keys(before).sort()).toEqual([...quoting, 'typed']);
  const reasons = [
    'The auditor found',
    'Counted again.',
    'Councillor Penhaligon',
    'Minute forty-one',
    'April to',
  ];
  for (const reason of reasons) expect(Object.values(before).flat().join()).toContain(reason);

  await switched(true);
  expect(await walk()).toEqual({});

  await switched(false);
  const after = await walk();
  for (const asked of ['calendar', 'digest-plan', 'kpi-history', 'plan-status', 'typed']) {
    expect({ asked, quotes: after[asked] }).toEqual({ asked, quotes: before[asked] });
  }
}, 60_000);

describe('while the period is on', () => {
  beforeAll(() => switched(true));
  afterAll(() => switched(false));

  test('everyone alone with the bot works as always', async () => {
    const found = await walk('chat');
    for (const asked of ['kpi-history', 'plan-status', 'calendar', 'typed']) {
      expect(found[asked]!.length).toBeGreaterThan(0);
    }
    expect(await press('plan-status', { plan: 'KHS' }, 'chat')).not.toContain('Pre-election period');
  });

  test.each([
    ['a plan’s status', 'plan-status', { plan: 'KHS' }],
    ['a KPI’s history', 'kpi-history', { kpi: 'KHS-02' }],
    ['what is off target', 'off-target', {}],
    ['the calendar', 'calendar', { year: '2009/10', frequency: 'quarterly' }],
  ])('%s says in a channel why there are no quotes, and keeps its figures', async (_what, verb, data) => {
    const said = await press(verb, data);
    expect(said).toContain('Pre-election period: what people wrote is shown only in your own chat with me.');
    expect(said).toMatch(/\d%|\d{1,2} October 2009/);
  });

  test('a digest of then is opened without quotes in its channel, and as it was by a clerk alone', async () => {
    const [{ id }] = (await posting.kent.store.list(posting.year, 'digest-shown')) as [
      Stored<'digest-shown'>,
    ];
    const shown = { channel: 'one', showing: id, page: 1 };
    const inChannel = await press('seen-open', shown);
    expect(inChannel).toContain('Pre-election period: what managers wrote is not shown');
    expect(inChannel).not.toMatch(/” – |Action:/);
    const list = await press('seen', { date: '2009-10-19' });
    expect(list).toContain('each as it was, without what people wrote');
    expect(await press('seen-open', shown, 'chat')).toMatch(/” – /);
  });

  test('a digest says once, and not twice, that it quotes nobody', async () => {
    const [{ id }] = (await posting.digests()) as [Stored<'digest'>];
    const page = await press('digest-page', { digest: id, page: 1 });
    expect(page.match(/Pre-election period/g)).toHaveLength(1);
  });

  test('a figure for other months is said to be for another period, in a digest and in a paper', async () => {
    const pages = (await everyPress())['digest-page']!.map((page) => press('digest-page', page));
    expect((await Promise.all(pages)).join()).toContain('figure for another period');
    const { kent } = posting;
    const year = await openYear(kent.deps, kentTenant, 'test');
    const period = periodOf('2009/10 Q2');
    const reports = await loadReports(kent.deps, year, period, () => true);
    const csv = toCsv(
      composePaper({ ...year, period, scope: 'all', reports, lateMilestones: [], leftOut: 0 }),
    );
    expect(csv).toContain('another period');
    expect(csv).not.toContain('as the contractor counts them');
  });

  test('who gave a figure that was corrected is not told in a channel, only when', async () => {
    const inChannel = await press('kpi-history', { kpi: 'KHS-02' });
    expect(inChannel).toMatch(/Given \d+ October 2009/);
    expect(inChannel).not.toMatch(/Given by/);
    expect(await press('kpi-history', { kpi: 'KHS-02' }, 'chat')).toContain('Given by Priya Raman');
  });
});
