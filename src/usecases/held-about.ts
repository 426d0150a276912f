import type { Kind } from '../store/documents.ts';
import { commandLine, writeAct } from './audit-trail.ts';
import { tracesOf } from './before-erasure.ts';
import type { Deps } from './deps.ts';
import { everyYear } from './every-year.ts';
import { type Mark, mentionsIn } from './find-mentions.ts';
import { personMeant } from './person-meant.ts';
import type { OpenYear } from './session.ts';

/** One document that tells of the person, in which fields, and why it is kept. */
export type HeldDocument = {
  year: string | null;
  kind: Kind;
  id: string;
  why: string;
  fields: { field: string; by: Mark }[];
  data: unknown;
};

export type HeldAbout = {
  council: string;
  person: { id: string; name: string; email: string };
  asAt: string;
  documents: HeldDocument[];
};

/** Why a document of each kind is kept. */
const whys: Record<Kind, string> = {
  council: 'names the council and its years',
  person: 'to know who may see and give what, and where to reach them',
  channel: 'to know who connected a channel and who gets what is posted there',
  playground: 'whom a tester has chosen to be, in the playground alone',
  asked: 'to ask for what is missing and for no more',
  cycle: 'when the next messages are due',
  'cycle-message': 'to find out who was asked for what',
  settings: 'the year’s settings, and who moved a period’s dates',
  'period-move': 'the year’s calendar and who moved it',
  plan: 'the business plan and who heads it',
  engagement: 'resident involvement, as the business plan tells it',
  kpi: 'the business plan and who is accountable for what',
  'kpi-update': 'the published figure, its explanation and who gave it',
  'kpi-update-revision': 'the history of published figures',
  project: 'the business plan and who is accountable for what',
  milestone: 'the business plan and who is accountable for what',
  'milestone-update': 'the state of a milestone, its explanation and who gave it',
  'milestone-update-revision': 'the history of milestones',
  form: 'so that a form that is sent twice counts once; removed after 30 days',
  digest: 'what a channel was told, and who asked for it',
  'digest-page': 'what a channel was shown, as it was',
  'digest-lines': 'to tell what changed since a channel was told',
  'digest-shown': 'what a channel was shown, as it was',
  delivery: 'to find out what did not arrive',
  lease: 'which process does which work',
  'audit-entry': 'to show who did what',
  'audit-head': 'where the audit trail ends',
  hold: 'what may not be removed for now, and why',
  erasure: 'to show what erasing someone did, and where texts still name them',
};

/**
 * Everything that is held about a person: every document with their id, name or e-mail address in it, whole. That it
 * was given out is in the audit trail. Throws `Refused` `not-found`.
 */
export async function heldAbout(deps: Deps, year: OpenYear, words: string): Promise<HeldAbout> {
  const who = { now: year.now, correlationId: commandLine };
  const { id } = await personMeant(deps, year, words);
  await writeAct(deps, year.council, who, { act: 'held-about-exported', about: { person: id } });
  return { council: year.settings.name, asAt: year.now, ...(await findHeld(deps, year, id)) };
}

/** The same without an entry, for what is only counted. Throws `Refused` `not-found`. */
export async function findHeld(
  deps: Deps,
  year: OpenYear,
  words: string,
): Promise<Pick<HeldAbout, 'person' | 'documents'>> {
  const { id, data } = await personMeant(deps, year, words);
  const { name, email } = data;
  const traces = tracesOf(data);
  const documents: HeldDocument[] = [];
  for (const each of [null, ...(await everyYear(deps, year))]) {
    for (const { stored, fields } of await mentionsIn(deps, { tenant: year.tenant, year: each }, traces)) {
      const { kind } = stored;
      documents.push({ year: each, kind, id: stored.id, why: whys[kind], fields, data: stored.data });
    }
  }
  return { person: { id, name, email }, documents };
}
