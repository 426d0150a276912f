import { plural } from '../../domain/words.ts';
import type { HeldCount } from '../../usecases/count-held.ts';
import { kindWords } from '../../usecases/kind-words.ts';
import { button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type HeldAboutView = Foot & HeldCount;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How much is held about someone and why, by kind; what is in it stays where it is. */
export function heldAboutCard(view: HeldAboutView): Card {
  const { person, kinds } = view;
  const documents = kinds.reduce((sum, each) => sum + each.documents, 0);
  const subtitle = `${plural(documents, 'document tells', 'documents tell')} of them.`;
  return renderCard('held-about', { title: `What is held about ${person.name}`, subtitle }, view, {
    kinds: kinds.map(({ kind, documents: count, years, why }) => ({
      what: `${capital(kindWords[kind])}: ${count.toLocaleString('en-GB')}`,
      why: `Kept: ${why}.`,
      years: years.length > 0 ? years.join(', ') : 'not of one year',
    })),
    notes: [
      'They are found by id, whole name and e-mail address. A first name alone, a nickname or a misspelling is not.',
      'Others may be named in these documents, so none is shown here. Whoever has the command line writes all of it, to be looked through before it is given out: planwatch held-about PERSON --out FILE. Cards that were sent are in Teams.',
    ].map((note) => ({ note })),
    buttons: [button('Holds', 'holds'), button('Look at erasing them', 'erase', { person: person.id })],
  });
}
