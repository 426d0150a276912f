import fc from 'fast-check';
import { allFeatures } from '../../src/teams/features/all.ts';
import type { FeatureDeps } from '../../src/teams/features/at-work.ts';
import type { Router } from '../../src/teams/router.ts';
import { activity, botId, execute, message, submit } from '../support/activities.ts';
import { change, hostileText, hostileValue, put } from '../support/hostile-values.ts';
import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

/** `PLANWATCH_FUZZ=100000 jest test/teams/fuzz.test.ts` sends that many, for `PLANWATCH_FUZZ_MINUTES` at most. */
const wanted = Number(process.env.PLANWATCH_FUZZ ?? 600);
const minutes = Number(process.env.PLANWATCH_FUZZ_MINUTES ?? 2);
const seed = Number(process.env.PLANWATCH_FUZZ_SEED ?? 20090401);
const atOnce = 8;
const batch = 200;

const stranger = { id: '29:stranger', name: 'Nobody', aadObjectId: '6b1f0d5e-2009-4010-8a38-0000000000ff' };
const otherTenant = '6b1f0d5e-2009-4010-8a38-0000000000ee';
/** A place with several people in it that is never cleared for exempt plans. */
const uncleared = {
  conversation: {
    isGroup: true,
    conversationType: 'groupChat',
    tenantId: kentTenant,
    id: '19:uncleared@thread.v2',
  },
};
const saidToBePersonal = { conversation: { ...uncleared.conversation, conversationType: 'personal' } };
const inOtherTenant = {
  channelData: { tenant: { id: otherTenant } },
  conversation: { id: 'elsewhere', conversationType: 'personal', tenantId: otherTenant },
};

let bot: KentBot;
let makeAll: fc.Arbitrary<Sent>;
beforeAll(async () => {
  bot = await startKentBot();
  makeAll = await everyKind();
});
afterAll(() => bot.stop());

type Sent = {
  body: string;
  isInvoke: boolean;
  isOutsider: boolean;
  /** Whether others read the answer who may not see exempt plans. */
  isOverheard: boolean;
  /** Whether the chat that an answer would be sent to may not be there: nobody can be told anything in it. */
  isNowhere: boolean;
};

/** Every verb that the bot answers, and every pattern of text. */
function answered() {
  const verbs: string[] = [];
  const patterns: RegExp[] = [];
  const router: Router = {
    text: (_name, pattern) => void patterns.push(pattern),
    verb: (name) => void verbs.push(name),
    event: () => {},
    otherwise: () => {},
  };
  for (const feature of allFeatures({} as FeatureDeps, [])) feature(router);
  return { verbs, patterns };
}

/** At least one for every pattern, in its usual words. */
const sayings = [
  ...[
    'my updates',
    'next',
    'status',
    'status waste',
    'status commercial services',
    'status KHS Q1',
    'highwys',
  ],
  ...['off target', 'off target in highways', 'late', 'deliveries', 'audit', 'unreachable', 'help', 'hi'],
  ...['calendar', 'calendar 2009/10', 'calendar 9999/00', 'cover', 'cover for Priya Raman', 'connect'],
  ...['reminders', 'reminders off', 'snooze', 'snooze until 15 October 2009', 'snooze 31 December 9999'],
  ...['deputy', 'deputy none', 'deputy Martin Hollis from 19 October 2009 to 23 October 2009'],
  ...['digest', 'digest Q2', 'digest 0000/99 T9', 'schedule', 'schedule every friday at 9', 'schedule off'],
  ...['seen', 'seen 14 October 2009', 'what did the committee see on 14 October 2009?'],
  ...['holds', 'erase Martin Hollis', 'erase', 'held about Priya Raman', 'held about nobody', 'retention'],
  ...['pre-election', 'pre-election on', 'pre-election off', 'clock', 'as Nobody At All'],
];

test('what is said to it goes to every command', () => {
  const unsaid = answered().patterns.filter((pattern) => !sayings.some((words) => pattern.test(words)));
  expect(unsaid).toEqual([]);
});

/** What cards hold that one person or another was shown: forms used and unused, plans, periods, digests. */
async function realValues(): Promise<unknown[]> {
  const items = ['kpi/KHS-02@2009/10 M06', 'kpi/HWY-03@2009/10 Q2', 'kpi/COMSERV-01@2009/10 Q2'];
  const forms: unknown[] = [];
  for (const name of ['Priya Raman', 'Sam Whitlock', 'Martin Hollis']) {
    for (const item of items) {
      const { card } = await bot.press(name, 'open-form', { item });
      forms.push(...pressesOf(card).flatMap(({ data }) => (data.form ? [data.form] : [])));
    }
  }
  await bot.press('Priya Raman', 'submit-kpi', { form: forms[0], result: '91' });
  await bot.press(
    'Grace Adeyemi',
    'connect-channel',
    { audience: 'council', cleared: 'false' },
    inChannel('open'),
  );
  await bot.press('Grace Adeyemi', 'digest', {}, inChannel('open'));
  const deliveries = await bot.store.list({ tenant: kentTenant, year: '2009/10' }, 'delivery');
  return [
    ...items,
    ...forms,
    ...deliveries.slice(0, 5).map(({ id }) => id),
    ...bot.people.slice(0, 8).map(({ id }) => id),
    ...[
      'COMSERV',
      'COMSERV-01',
      'KHS',
      'KHS-02',
      '2009/10 Q2',
      '2009/10',
      'Q2',
      '2009/10 Q2~open',
      'open',
      '19:x',
    ],
    ...[
      '91',
      '-1',
      '1e9',
      '0.1',
      '9'.repeat(40),
      'yes',
      'no',
      'off',
      'complete',
      'red',
      'council',
      'scrutiny',
      'true',
    ],
    ...[
      '2009-10-14',
      '2009-02-30',
      '0000-00-00',
      '9999-12-31',
      'every friday at 9',
      'A reason.',
      0,
      1,
      2,
      -1,
      1e21,
    ],
  ];
}

const keys = [
  ...[
    'item',
    'form',
    'result',
    'numerator',
    'denominator',
    'commentary',
    'cause',
    'action',
    'actionBy',
    'forecast',
  ],
  ...[
    'state',
    'percentComplete',
    'completed',
    'plan',
    'kpi',
    'milestone',
    'period',
    'year',
    'digest',
    'page',
    'channel',
  ],
  ...[
    'date',
    'showing',
    'words',
    'delivery',
    'person',
    'deputy',
    'from',
    'to',
    'until',
    'reminders',
    'on',
    'reason',
  ],
  ...[
    'seen',
    'due',
    'opens',
    'locks',
    'audience',
    'portfolio',
    'cleared',
    'provisional',
    'dataAge',
    'verb',
    '__proto__',
    'constructor',
    'toString',
    'off',
    'only',
    'scope',
    'frequency',
    'weekday',
    'time',
    'when',
    'deputyNamed',
    'personNamed',
    'untilDay',
    'number',
  ],
];

async function everyKind(): Promise<fc.Arbitrary<Sent>> {
  const { serviceUrl } = bot.teams;
  const real = await realValues();
  const people = bot.people.map(({ name }) => bot.accountOf(name));
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...real) },
    { weight: 1, arbitrary: hostileValue },
  );
  const data = fc
    .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys) }, hostileText), value), {
      maxLength: 5,
    })
    .map((entries) => Object.fromEntries(entries));
  return fc
    .record({
      kind: fc.oneof(
        { weight: 12, arbitrary: fc.constant('execute') },
        { weight: 3, arbitrary: fc.constant('submit') },
        { weight: 4, arbitrary: fc.constant('message') },
        { weight: 1, arbitrary: fc.constantFrom('joined', 'installed', 'removed', 'taken out', 'let in') },
      ),
      verb: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...answered().verbs) }, hostileText),
      data,
      from: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...people) },
        { weight: 4, arbitrary: fc.constantFrom(...['Grace Adeyemi', 'Sam Whitlock'].map(bot.accountOf)) },
        fc.constant(stranger),
      ),
      where: fc.constantFrom(
        ...[{}, {}, {}, {}, inChannel('open'), inChannel('other'), inOtherTenant],
        ...[uncleared, saidToBePersonal],
      ),
      said: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...sayings) },
        { weight: 1, arbitrary: fc.constantFrom('status commercial services', 'off target', 'late') },
        hostileText,
      ),
      changes: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(change, { maxLength: 2 }) },
      ),
    })
    .map(({ kind, verb, data: pressed, from, where, said, changes }) => {
      const over = { from, ...where };
      const isUncleared = where === uncleared || where === saidToBePersonal;
      const data = isUncleared ? { ...pressed, cleared: 'false' } : pressed;
      const made = make(kind);
      function make(what: string) {
        const told = (more: object) => activity(serviceUrl, { type: 'conversationUpdate', ...more, ...over });
        if (what === 'execute') return execute(serviceUrl, verb, data, over);
        if (what === 'submit') return submit(serviceUrl, verb, data, over);
        if (what === 'message') return message(serviceUrl, said, over);
        if (what === 'joined') return told({ membersAdded: [{ id: from.id }] });
        if (what === 'let in') return told({ membersAdded: [{ id: botId }] });
        if (what === 'taken out') return told({ membersRemoved: [{ id: botId }] });
        return told({ type: 'installationUpdate', action: what === 'installed' ? 'add' : 'remove' });
      }
      for (const { place, value: put_ } of changes) put(made, place, put_);
      const isOutsider = changes.length === 0 && (from === stranger || where === inOtherTenant);
      const changed: readonly { place: string[] }[] = changes;
      const isNowhere = changed.some(({ place }) => ['serviceUrl', 'conversation'].includes(place[0]!));
      const isOverheard = changes.length === 0 && isUncleared;
      return {
        body: JSON.stringify(made),
        isInvoke: made.type === 'invoke',
        isOutsider,
        isOverheard,
        isNowhere,
      };
    });
}

const internals = /node_modules|\.[jt]s:\d|\bat \w+ \(|TypeError|RangeError|SQLITE|ZodError|Cannot read/;
const forms = /^application\/vnd\.microsoft\.(card\.adaptive|activity\.message|error)$/;
/** What only the council's own people are shown. */
const ofTheCouncil = /Commercial Services|Kent Highway|street ?lights/i;
/** The sample's exempt plan. */
const exempt = /Commercial Services/;

/** What is wrong with an answer, or null. */
function faultOf(sent: Sent, status: number, text: string): string | null {
  const { isInvoke, isOutsider, isOverheard, isNowhere } = sent;
  if (status !== 200) return `HTTP ${status}`;
  if (internals.test(text)) return 'internals';
  if (!text) return isInvoke ? 'no answer' : null;
  const { statusCode, type, value } = JSON.parse(text);
  if (!forms.test(type) || value === undefined) return 'not the form of an answer';
  if (statusCode >= 500) return isNowhere ? null : `statusCode ${statusCode}`;
  const words = wordsOf(value);
  if (isOverheard && exempt.test(words)) return 'showed an exempt plan to others';
  return isOutsider && ofTheCouncil.test(words) ? 'told an outsider' : null;
}

test(
  'activities of every kind, with ids swapped and things missing, get calm answers',
  async () => {
    const ends = Date.now() + minutes * 60_000;
    const faults: string[] = [];
    const tally: Record<string, number> = {};
    bot.teams.answering(({ path, body }) => {
      if (path.includes(uncleared.conversation.id) && exempt.test(JSON.stringify(body)))
        faults.push(`posted an exempt plan to others: ${path}`);
      return undefined;
    });
    let sent = 0;
    let slowest = 0;
    const shots: AsyncGenerator<Sent> = (async function* () {
      for (let round = 0; sent < wanted && Date.now() < ends; round++) {
        bot.teams.received.length = 0;
        yield* fc.sample(makeAll, { numRuns: Math.min(batch, wanted - sent), seed: seed + round });
      }
    })();
    const shoot = async () => {
      for await (const one of { [Symbol.asyncIterator]: () => ({ next: () => shots.next() }) }) {
        sent += 1;
        const began = Date.now();
        const { status, text } = await bot.sendText(one.body);
        slowest = Math.max(slowest, Date.now() - began);
        const answered = text
          ? `${JSON.parse(text).statusCode} ${JSON.parse(text).type.split('.').at(-1)}`
          : 'nothing';
        tally[answered] = (tally[answered] ?? 0) + 1;
        const fault = faultOf(one, status, text);
        if (fault) faults.push(`${fault}: ${one.body.slice(0, 600)} → ${text.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, shoot));
    if (process.env.PLANWATCH_FUZZ)
      console.info(JSON.stringify({ sent, seed, tally, slowest, faults: faults.slice(0, 20) }, null, 1));
    expect(faults.slice(0, 5)).toEqual([]);
    // Whatever failed was told to whoever sent it, and is in the log once.
    const failed = bot.logged().match(/"msg":"turn-failed"/g)?.length ?? 0;
    expect(failed).toBe(tally['500 error'] ?? 0);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
  20 * 60_000,
);

test('after all of it a manager is still answered', async () => {
  const { statusCode, card } = await bot.press('Priya Raman', 'my-updates');
  expect([statusCode, card.type]).toEqual([200, 'AdaptiveCard']);
});
