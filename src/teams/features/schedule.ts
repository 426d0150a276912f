import { assertAllowed } from '../../domain/access.ts';
import type { Channel } from '../../domain/channel.ts';
import { Refused } from '../../domain/errors.ts';
import { readSchedule, type ScheduleRead } from '../../domain/read-schedule.ts';
import { readScheduleForm, type ScheduleTyped, typedFor } from '../../domain/schedule-form.ts';
import { audienceTitle } from '../../usecases/connect-channel.ts';
import type { Session } from '../../usecases/session.ts';
import * as schedules from '../../usecases/set-schedule.ts';
import { scheduleCard } from '../cards/schedule.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, textIn } from './at-work.ts';
import { channelMeant, chooseChannel } from './choose-channel.ts';
import { typedOf } from './reminders.ts';

/** When a channel's digest is posted by itself: shown, and set in words or in a form. */
export const schedule =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = onVerb(deps, (session, turn) => showSchedule(deps, session, turn));
    router.text('schedule', /^schedules?$/i, show);
    router.verb('schedule', show);
    router.text(
      'schedule',
      /^schedules?:?\s+(.+)$/i,
      onText(deps, (session, turn, match) => {
        const words = match[1]!;
        return set(deps, session, turn, readSchedule(words, session.today), { words });
      }),
    );
    router.verb(
      'set-schedule',
      onVerb(deps, (session, turn) => {
        const typed = typedOf(turn.data, ['when', 'weekday', 'date', 'time', 'words']);
        const isOff = textIn(turn, 'off') === 'yes';
        const read: ScheduleRead = isOff ? { ok: true, rules: [] } : readScheduleForm(typed, session.today);
        return set(deps, session, turn, read, typed);
      }),
    );
  };

const askWhich = (deps: FeatureDeps, session: Session): Promise<Answer> =>
  chooseChannel(deps, session, {
    title: 'Which channel’s schedule?',
    intro: 'You see when its digest is posted, and can change it. In a channel, send “schedule”.',
    press: { title: 'Show', verb: 'schedule', data: {} },
  });

async function showSchedule(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  assertAllowed(session.actor, 'set-schedule');
  const channel = channelMeant(turn);
  if (channel === null) return askWhich(deps, session);
  const known = await schedules.readSchedule(deps, session, channel);
  return cardOf(deps, session, known, { typed: typedFor(known.rules) });
}

async function set(
  deps: FeatureDeps,
  session: Session,
  turn: Turn,
  read: ScheduleRead,
  typed: ScheduleTyped,
): Promise<Answer> {
  assertAllowed(session.actor, 'set-schedule');
  const channel = channelMeant(turn);
  if (channel === null) {
    throw new Refused(
      'not-a-channel',
      'Send it in the channel that you mean, or send “schedule” here and choose one.',
      typed.words ? [typed.words] : [],
    );
  }
  const known = await schedules.readSchedule(deps, session, channel);
  if (!read.ok) return cardOf(deps, session, known, { typed, fault: read.sentence });
  try {
    const changed = await schedules.setSchedule(deps, session, channel, read.rules);
    deps.nudge();
    return cardOf(deps, session, changed, { typed: typedFor(changed.rules), done: true });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'bad-input') throw error;
    return cardOf(deps, session, known, { typed, fault: error.sentence });
  }
}

const cardOf = (
  deps: FeatureDeps,
  session: Session,
  { channel, rules, next }: schedules.ChannelSchedule,
  rest: { typed: ScheduleTyped; fault?: string; done?: boolean },
): Answer =>
  scheduleCard({
    ...footOf(deps, session),
    asAt: null,
    channel: channel.conversationId,
    channelName: nameOf(session, channel),
    rules,
    next,
    ...rest,
  });

const nameOf = (session: Session, { name, audience }: Channel): string =>
  [name, audienceTitle(session, audience)].filter(Boolean).join(' – ');
