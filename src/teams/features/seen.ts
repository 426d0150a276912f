import { assertAllowed } from '../../domain/access.ts';
import { parseDate } from '../../domain/dates.ts';
import { type IsoDate, isIsoDate, longDate } from '../../domain/days.ts';
import { Refused } from '../../domain/errors.ts';
import { plural } from '../../domain/words.ts';
import { readSeen, type SeenPage, type Showing, seenOn } from '../../usecases/see-shown.ts';
import type { Session } from '../../usecases/session.ts';
import { digestCard } from '../cards/digest.ts';
import { messageCard } from '../cards/message.ts';
import { backToDay, type SeenRow, seenCard } from '../cards/seen.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn, textIn } from './at-work.ts';
import { channelMeant, chooseChannel } from './choose-channel.ts';

/** What a channel was shown on a day, exactly as it was. */
export const seen =
  (deps: FeatureDeps): Feature =>
  (router) => {
    router.text(
      'seen',
      /^(?:what (?:did|was) .{1,80}? (?:see|shown|told|say)(?: here)?|seen|(?:digest )?as shown|digest)(?: here)? on (.+?)[?.! ]*$/i,
      onText(deps, (session, turn, match) => ask(deps, session, turn, match[1]!)),
    );
    router.text(
      'seen',
      /^seen\b\s*(.*?)[?.! ]*$/i,
      onText(deps, (session, turn, match) => ask(deps, session, turn, match[1]!)),
    );
    router.verb(
      'seen',
      onVerb(deps, (session, turn) => {
        const date = textIn(turn, 'date') ?? '';
        return showDay(deps, session, turn, isIsoDate(date) ? date : session.today);
      }),
    );
    router.verb(
      'seen-open',
      onVerb(deps, (session, turn) => open(deps, session, turn)),
    );
  };

async function ask(deps: FeatureDeps, session: Session, turn: Turn, day: string): Promise<Answer> {
  return showDay(deps, session, turn, dayIn(day, session.today));
}

/** A day that was typed; without a year it is the last that there was. */
function dayIn(text: string, today: IsoDate): IsoDate {
  if (/^today$/i.test(text)) return today;
  const year = Number(today.slice(0, 4));
  const tries = [text, `${text} ${year}`, `${text} ${year - 1}`].map((each) => parseDate(each));
  const found = tries.find((read) => read.ok && read.value <= today);
  if (found?.ok) return found.value;
  if (tries.some((read) => read.ok)) throw new Refused('bad-input', 'That day has not come yet.', [text]);
  throw new Refused('bad-input', 'Write the day, for example “seen 14 October 2009”.', text ? [text] : []);
}

const inChannel = ({ conversation }: Turn): string | null =>
  conversation.kind === 'personal' ? null : conversation.postId;

async function showDay(deps: FeatureDeps, session: Session, turn: Turn, date: IsoDate): Promise<Answer> {
  const day = longDate(date);
  const channel = channelMeant(turn);
  if (channel === null) {
    assertAllowed(session.actor, 'see-shown');
    return chooseChannel(deps, session, {
      title: `What was shown on ${day}`,
      intro: 'Choose the channel. You see its digest exactly as it was on that day.',
      press: { title: 'Show', verb: 'seen', data: { date } },
    });
  }
  const found = await seenOn(deps, session, channel, inChannel(turn) === channel, date);
  const [only] = found.showings;
  const all = [...found.showings, ...found.others.toReversed()];
  if (!only) return nothingShown(deps, session, day);
  if (all.length === 1) return asItWas(deps, session, turn, only, date, false);
  const rows = await Promise.all(all.map((showing) => rowOf(deps, session, turn, channel, showing)));
  return seenCard({
    ...footOf(deps, session),
    asAt: null,
    channel,
    channelName: found.channel.name,
    day,
    date,
    rows,
    page: pageIn(turn),
  });
}

const nothingShown = (deps: FeatureDeps, session: Session, day: string): Answer =>
  messageCard({
    ...footOf(deps, session),
    asAt: null,
    title: `Nothing was shown on ${day}`,
    sentences: [
      'No digest had been posted in this channel by then, as far as Planwatch has kept it.',
      'Send “seen” with a later day, or “digest” to post one now.',
    ],
  });

const period = (showing: Showing, { timeZone }: Session['settings']): string => {
  const from = inWords(showing.data.from, { timeZone });
  return showing.until ? `from ${from} to ${inWords(showing.until, { timeZone })}` : `since ${from}`;
};

const read = (deps: FeatureDeps, session: Session, turn: Turn, showing: Showing, page: number) =>
  readSeen(deps, session, inChannel(turn), { channel: showing.data.channel, showing: showing.id, page });

async function rowOf(
  deps: FeatureDeps,
  session: Session,
  turn: Turn,
  channel: string,
  showing: Showing,
): Promise<SeenRow> {
  const { content } = await read(deps, session, turn, showing, 1);
  const when = period(showing, session.settings);
  const isFinal = content.finality?.final;
  const standing = isFinal === undefined ? '' : isFinal ? 'Final' : 'Provisional';
  return {
    channel,
    showing: showing.id,
    when: `${when[0]!.toUpperCase()}${when.slice(1)}`,
    what: [content.periodName, standing].filter(Boolean).join(' · '),
    headline: content.headline,
    changes: (content.changes ?? []).map(({ text, when: at }) => `${text} (${at})`),
  };
}

async function open(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  const channel = channelMeant(turn) ?? '';
  const showing = textIn(turn, 'showing');
  const page = await readSeen(deps, session, inChannel(turn), { channel, showing, page: pageIn(turn) });
  const date = textIn(turn, 'date') ?? '';
  return cardOf(deps, session, page, isIsoDate(date) ? date : session.today, true);
}

const asItWas = async (
  deps: FeatureDeps,
  session: Session,
  turn: Turn,
  showing: Showing,
  date: IsoDate,
  isOfSeveral: boolean,
): Promise<Answer> => cardOf(deps, session, await read(deps, session, turn, showing, 1), date, isOfSeveral);

function cardOf(
  deps: FeatureDeps,
  session: Session,
  { showing, content, page, withheld }: SeenPage,
  date: IsoDate,
  isOfSeveral: boolean,
): Answer {
  const { channel, digest, pages } = showing.data;
  return digestCard({
    ...footOf(deps, session),
    // The figures are as at then, which the page itself says.
    asAt: null,
    digest,
    content,
    page,
    pages,
    seen: {
      shown: `As shown ${period(showing, session.settings)}`,
      withheld:
        withheld > 0
          ? `${plural(withheld, 'plan')} that may not be seen here now ${withheld === 1 ? 'is' : 'are'} left out.`
          : '',
      data: { channel, showing: showing.id, date },
      buttons: isOfSeveral ? [backToDay(channel, date)] : [],
    },
  });
}
