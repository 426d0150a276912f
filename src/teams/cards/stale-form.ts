import { cut } from '../../domain/typed-text.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** What one of the two said. All are in words; `rating` is null for what was not rated yet. */
export type Side = {
  figure: string;
  rating: { text: string } | null;
  commentary: string;
};

export type StaleFormView = Foot & {
  form: string;
  title: string;
  planTitle: string;
  /** Who gave the other one, and when: `14 October 2009, 9.12am`. */
  theirs: Side & { by: string; at: string };
  mine: Side;
};

/** Someone gave a figure after this form was opened: both are shown, and the person chooses. */
export function staleFormCard(view: StaleFormView): Card {
  const { form, title, planTitle, theirs, mine } = view;
  return renderCard('stale-form', { title, subtitle: planTitle }, view, {
    form,
    intro: `${theirs.by} sent this update after you opened your form. Choose which one stands.`,
    sides: [sideOf(`${theirs.by}, ${theirs.at}`, theirs), sideOf('Yours, not sent yet', mine)],
    keep: 'Keep theirs',
  });
}

const sideOf = (whose: string, { figure, rating, commentary }: Side) => ({
  whose,
  figure,
  rating: rating?.text ?? '',
  words: commentary ? `“${cut(commentary, 400)}”` : '',
});
