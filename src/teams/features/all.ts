import type { Command } from '../cards/role-guide.ts';
import type { Feature } from '../router.ts';
import type { FeatureDeps } from './at-work.ts';
import { audit } from './audit.ts';
import { calendar } from './calendar.ts';
import { channelDigest } from './channel-digest.ts';
import { cover } from './cover.ts';
import { deliveries } from './deliveries.ts';
import { erase } from './erase.ts';
import { heldAbout } from './held-about.ts';
import { holds } from './holds.ts';
import { late } from './late.ts';
import { myUpdates } from './my-updates.ts';
import { offTarget } from './off-target.ts';
import { planStatus } from './plan-status.ts';
import { preElection } from './pre-election.ts';
import { reminders } from './reminders.ts';
import { remindersInWords } from './reminders-in-words.ts';
import { retention } from './retention.ts';
import { schedule } from './schedule.ts';
import { seen } from './seen.ts';
import { submitUpdate } from './submit-update.ts';
import { unreachable } from './unreachable.ts';
import { welcome } from './welcome.ts';

/** Everything the bot does, in the order in which text is tried; `welcome` answers what nothing else does. */
export const allFeatures = (deps: FeatureDeps, commands: readonly Command[]): Feature[] => [
  myUpdates(deps),
  submitUpdate(deps),
  reminders(deps),
  remindersInWords(deps),
  planStatus(deps),
  offTarget(deps),
  late(deps),
  calendar(deps),
  cover(deps),
  unreachable(deps),
  schedule(deps),
  seen(deps),
  channelDigest(deps),
  deliveries(deps),
  audit(deps),
  preElection(deps),
  holds(deps),
  erase(deps),
  heldAbout(deps),
  retention(deps),
  welcome(deps, commands),
];
