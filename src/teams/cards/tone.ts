import type { Wording } from '../../domain/words.ts';

/**
 * The style of a band that says a rating or status. Its words are in the default colour, as all words on cards are:
 * Teams' amber and green are too pale for text on white, and its red for text on the dark theme.
 */
export const bandOf = ({ colour }: Pick<Wording, 'colour'>): string =>
  colour === 'default' ? 'emphasis' : colour;
