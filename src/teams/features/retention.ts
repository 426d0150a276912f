import { previewRetention } from '../../usecases/preview-retention.ts';
import type { Session } from '../../usecases/session.ts';
import { retentionCard } from '../cards/retention.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

/** What is kept for how long, and what goes next: for performance officers, in their own chat. */
export const retention =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session): Promise<Answer> => {
      const found = await previewRetention(deps, session);
      assertPrivate(session, 'retention', 'It concerns all that is kept.');
      return retentionCard({ ...footOf(deps, session), ...found });
    };
    router.text('retention', /^retention\??$/i, onText(deps, show));
    router.verb('retention', onVerb(deps, show));
  };
