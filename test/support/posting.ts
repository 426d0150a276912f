import { type DigestContent, digestContentSchema } from '../../src/domain/compose-digest.ts';
import { readSchedule } from '../../src/domain/read-schedule.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { connectChannel } from '../../src/usecases/connect-channel.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import { postScheduled } from '../../src/usecases/post-scheduled.ts';
import { openYear } from '../../src/usecases/session.ts';
import { setSchedule } from '../../src/usecases/set-schedule.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { pageId } from '../../src/usecases/write-digest.ts';
import type { OutboxDeps } from '../../src/worker/outbox.ts';
import { deliverDue } from '../../src/worker/rounds.ts';
import { kentTenant, openKent } from './kent.ts';
import { quiet } from './outbox.ts';

/** What Teams was given: the first page of a digest as it was said, and which post it went to. */
export type Shown = {
  op: 'post' | 'edit';
  to: string;
  at: string;
  activityId: string;
  digest: string;
  content: DigestContent;
};

/** The sample council with channels that write down what they are shown, and a clock that the test moves. */
export async function openPosting() {
  const kent = await openKent();
  const year = { tenant: kentTenant, year: '2009/10' };
  const shown: Shown[] = [];
  let now = Date.parse('2009-10-14T09:00:00Z');
  let posts = 0;
  const take = (op: Shown['op'], to: string, activityId: string, card: object): string => {
    shown.push({ op, to, at: kent.deps.now(''), activityId, ...(card as Pick<Shown, 'digest' | 'content'>) });
    return activityId;
  };
  const worker: OutboxDeps = {
    ...kent.deps,
    connector: {
      post: async ({ id }, card) => ({
        outcome: 'accepted',
        activityId: take('post', id, `post-${++posts}`, card),
      }),
      edit: async ({ id }, activityId, card) => ({
        outcome: 'accepted',
        activityId: take('edit', id, activityId, card),
      }),
    },
    workerId: 'worker',
    digestCard: async ({ store }, _tenant, { id, partition, data }) => {
      const page = await store.read(partition, 'digest-page', pageId(id, data.fingerprint, 1));
      return { digest: id, content: digestContentSchema.parse(page!.data.content) };
    },
    cycle: { card: () => ({}), anyHour: true },
    noticeCard: async () => ({}),
    random: () => 0,
    elapsed: () => Date.parse(kent.deps.wallNow()),
    log: quiet,
    telemetry: noTelemetry,
  };
  const officerOrClerk = (name: 'Grace Adeyemi' | 'Sam Whitlock') => kent.as(name);

  return {
    kent,
    year,
    shown,
    now: () => new Date(now).toISOString(),
    /** Moves the clock: to an instant, or on by hours. */
    go(to: string | number): void {
      now = typeof to === 'number' ? now + to * 3_600_000 : Date.parse(to);
      kent.setNow(new Date(now).toISOString());
    },
    async connect(id: string, audience = 'portfolio:highways', cleared = false) {
      const where = { id, serviceUrl: 'http://127.0.0.1/', name: id };
      return connectChannel(kent.deps, await officerOrClerk('Grace Adeyemi'), where, { audience, cleared });
    },
    async schedule(id: string, words: string) {
      const grace = await officerOrClerk('Grace Adeyemi');
      const read = readSchedule(words, grace.today);
      if (!read.ok) throw new Error(read.sentence);
      return setSchedule(kent.deps, grace, id, read.rules);
    },
    /** A round of posting, as one process or another does it. */
    async round(deps: Deps = kent.deps) {
      return postScheduled(deps, await openYear(deps, kentTenant, 'round'));
    },
    /** Someone gives another figure for a monthly KPI of Highways. */
    async give(result: string, name = 'Priya Raman', item = 'kpi/KHS-02@2009/10 M06'): Promise<void> {
      const session = await kent.as(name);
      const { form } = (await openForm(kent.deps, session, item)) as KpiForm;
      const why = { commentary: 'Cable faults.', action: 'Repair them.', actionBy: '2010-03-01' };
      const given = await submitKpiUpdate(kent.deps, session, {
        form,
        result,
        ...why,
        reason: 'Counted again.',
      });
      if (given.outcome !== 'kept') throw new Error(given.outcome);
    },
    deliver: () => deliverDue(worker),
    digests: () => kent.store.list(year, 'digest'),
    deliveries: () => kent.store.list(year, 'delivery'),
    close: () => kent.close(),
  };
}

export type Posting = Awaited<ReturnType<typeof openPosting>>;
