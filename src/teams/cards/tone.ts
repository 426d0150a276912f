import type { Wording } from '../../domain/words.ts';

/** The style of a band that says a rating or status; its words are in the default colour, which is always legible. */
export const bandOf = ({ colour }: Pick<Wording, 'colour'>): string =>
  colour === 'default' ? 'emphasis' : colour;

/**
 * The colour of a rating's words on the plain card. Only Red is coloured, so that it is found at a glance: Teams'
 * amber and green are too pale for text on white in some clients.
 */
export const textColour = ({ colour }: Pick<Wording, 'colour'>): string =>
  colour === 'attention' ? 'attention' : 'default';
