import type { Entry } from '../../src/domain/cycle.ts';
import { createLog } from '../../src/log.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import type { MoveNow } from '../../src/usecases/settle-moves.ts';
import type { Connector, Sent } from '../../src/worker/connector.ts';
import type { OutboxDeps } from '../../src/worker/outbox.ts';
import { deliverDue } from '../../src/worker/rounds.ts';
import type { SmallCouncil } from './small-council.ts';

/** One message as a recording connector took it. */
export type Taken = {
  to: string;
  at: string;
  entries: Entry[];
  items: string[];
  moves: MoveNow[];
  /** When each item on the card is due, as the card says it. */
  dues: Record<string, string>;
  given: Set<string>;
};

/** Workers that deliver to a connector which writes down each message, and what had been given by then. */
export function cycleWorkers(council: SmallCouncil, answers: Sent[] = []) {
  const taken: Taken[] = [];
  const log = createLog('silent');
  const connector: Connector = {
    post: async (to, card) => {
      const answer = answers.shift();
      if (answer) return answer;
      const said = card as Pick<Taken, 'entries' | 'items' | 'moves' | 'dues'>;
      taken.push({ to: to.id, at: council.deps.now(''), ...said, given: await council.given() });
      return { outcome: 'accepted', activityId: `activity-${taken.length}` };
    },
    edit: async () => ({ outcome: 'accepted', activityId: 'none' }),
  };
  const worker = (workerId: string): OutboxDeps => ({
    ...council.deps,
    connector,
    workerId,
    log,
    telemetry: noTelemetry,
    random: () => 0,
    elapsed: () => Date.parse(council.deps.now('')),
    digestCard: async () => ({}),
    noticeCard: () => ({}),
    cycle: {
      card: ({ entries, mine, late, moves }) => ({
        entries,
        moves,
        dues: Object.fromEntries(
          [...mine.items, ...late.map(({ item }) => item)].map(({ id, dates }) => [id, dates.due]),
        ),
        items: [...mine.items, ...late.map(({ item }) => item)].map(({ id }) => id),
      }),
    },
  });
  return { taken, deps: worker, deliver: (workerId = 'one') => deliverDue(worker(workerId)) };
}
