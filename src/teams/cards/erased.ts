import { plural } from '../../domain/words.ts';
import type { Kind } from '../../store/documents.ts';
import { kindWords } from '../../usecases/kind-words.ts';
import type { Erased } from '../../usecases/read-erased.ts';
import { button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** `at`: in words. */
export type ErasedView = Foot & Erased & { page?: number };

const PAGE = 15;
/** `contactName` → `contact name`. */
const inWords = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What erasing someone did, and the texts that still name them, for somebody to decide on. */
export function erasedCard(view: ErasedView): Card {
  const { id, pseudonym, at, cutOff, counts, left, more } = view;
  const page = pageOf(left, PAGE, view.page);
  const title = cutOff ? `${pseudonym} is not erased yet` : `✔ They are “${pseudonym}” now`;
  return renderCard('erased', { title, subtitle: `${cutOff ? 'Begun' : 'Erased'} ${at}` }, view, {
    said: (cutOff ? unfinished : done(counts)).map((sentence) => ({ sentence })),
    heading: left.length > 0 ? `${plural(left.length + more, 'text names', 'texts name')} them still` : '',
    advice:
      left.length > 0
        ? 'Decide on each. The newest commentary is corrected in its form, and what came from the council folder there. History and kept digests stay as they are.'
        : '',
    left: page.shown.map(({ year, kind, id: document, field }) => ({
      what: `${capital(kindWords[kind as Kind] ?? kind)}: ${document}`,
      where: `${year ?? 'The council'} · ${inWords(field)}`,
    })),
    more: more > 0 && page.page === page.pages ? `and ${more} more` : '',
    pageLine: pageLine(page),
    buttons: cutOff
      ? [button('Go on', 'erase-person', { person: id }, { style: 'positive' })]
      : pageButtons(page, 'erase', { person: id }),
  });
}

const unfinished = [
  'Their name and address are gone from the list, and not yet from everything else: it stopped before it was done.',
  'Press “Go on”. Doing it twice does it once.',
];

const done = (counts: Erased['counts']): string[] => [
  counts
    ? countsText(counts)
    : 'It was cut off on the way, so how many documents were removed can’t be told.',
  'Take them out of people.csv; loading it again does not bring them back. Cards in Teams and backups keep what was in them.',
];

function countsText({ removed, renamed }: NonNullable<Erased['counts']>): string {
  const gone =
    removed > 0
      ? `${plural(removed, 'document was', 'documents were')} removed.`
      : 'Nothing had to be removed beside their own entry.';
  const pages = plural(renamed, 'kept page of a digest names', 'kept pages of digests name');
  return renamed > 0 ? `${gone} ${pages} the pseudonym.` : gone;
}
