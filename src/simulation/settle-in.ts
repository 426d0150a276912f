import type { YearSettings } from '../domain/council.ts';
import type { Audience } from '../domain/digest.ts';
import { rescheduled, type ScheduleRule } from '../domain/schedule.ts';
import type { Deps } from '../usecases/deps.ts';

const serviceUrl = 'https://simulation.invalid/';

/**
 * Everyone has installed the bot; every portfolio and the scrutiny committee has its channel, with digests at due and
 * at lock, and for scrutiny on the first working day of each month.
 */
export async function settleIn(
  { store, wallNow }: Pick<Deps, 'store' | 'wallNow'>,
  tenant: string,
  { portfolios, calendar }: Pick<YearSettings, 'portfolios' | 'calendar'>,
): Promise<void> {
  const council = { tenant, year: null };
  for (const { id, version, data } of await store.list(council, 'person')) {
    const reachable = { ...data, conversation: { id: `chat-${id}`, serviceUrl } };
    await store.write(council, [{ change: 'replace', kind: 'person', id, version, data: reachable }]);
  }
  const audiences: Audience[] = [
    { kind: 'scrutiny' },
    ...portfolios.map(({ ref }): Audience => ({ kind: 'portfolio', portfolio: ref })),
  ];
  const time = `${String(calendar.writeFromHour).padStart(2, '0')}:00`;
  const dueAndLock: ScheduleRule[] = [
    { on: 'due', time },
    { on: 'lock', time },
  ];
  for (const [at, audience] of audiences.entries()) {
    const id = `channel-${at}`;
    const rules: ScheduleRule[] =
      audience.kind === 'scrutiny' ? [...dueAndLock, { on: 'month', time }] : dueAndLock;
    const data = {
      conversationId: id,
      serviceUrl,
      name: id,
      audience,
      cleared: false,
      boundBy: 'simulation',
      boundAt: wallNow(),
      schedule: rescheduled(undefined, rules, 'simulation', wallNow()),
    };
    await store.write(council, [{ change: 'create', kind: 'channel', id, data }]);
  }
}
