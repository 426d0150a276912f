import { actInWords } from '../../domain/audit.ts';
import { readAudit } from '../../usecases/read-audit.ts';
import type { Session } from '../../usecases/session.ts';
import { auditCard } from '../cards/audit.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

const nobody = { teams: 'Someone in Teams', 'command-line': 'The command line', planwatch: 'Planwatch' };

/** Whether a fact of an entry is a person's id: a hold says what it is on, and then of whom. */
const isPerson = (what: string, about: Readonly<Record<string, string>>): boolean =>
  what === 'person' || what === 'deputy' || (what === 'of' && about.on === 'person');

/** What clerks and officers did: for performance officers, in their own chat. */
export const audit =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session, turn: Turn): Promise<Answer> => {
      const entries = await readAudit(deps, session);
      assertPrivate(session, 'audit', 'Here others would see who did what.');
      return auditCard({
        ...footOf(deps, session),
        entries: entries.map(({ at, by, via, act, about, outcome, trail, number }) => ({
          who: by ? session.nameOf(by) : nobody[via],
          what: actInWords(act),
          when: inWords(at, session.settings),
          about: Object.entries(about)
            .filter(([what]) => !isPerson(what, about))
            .map(([what, id]) => `${what} ${id}`),
          people: Object.entries(about)
            .filter(([what]) => isPerson(what, about))
            .map(([, id]) => session.nameOf(id)),
          outcome,
          entry: `${trail} ${number}`,
        })),
        page: pageIn(turn),
      });
    };
    router.text('audit', /^(audit|audit trail|who did what\??)$/i, onText(deps, show));
    router.verb('audit', onVerb(deps, show));
  };
