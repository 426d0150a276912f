import { assertAllowed } from '../domain/access.ts';
import { type Retention, retentionDefaults } from '../domain/retention.ts';
import { applyRetention, type Past } from './apply-retention.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';

export type RetentionPreview = {
  /** How long the council keeps things. */
  retention: Retention;
  /** What goes in the next nights. */
  past: Past[];
  /** What would go and is held. */
  held: Past[];
};

/** What is kept longer than the council says, without removing any of it. Throws `Refused` `not-allowed`. */
export async function previewRetention(deps: Deps, session: Session): Promise<RetentionPreview> {
  assertAllowed(session.actor, 'see-retention');
  const { past, held } = await applyRetention(deps, session, { dryRun: true });
  return { retention: { ...retentionDefaults, ...session.settings.retention }, past, held };
}
