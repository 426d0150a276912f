import { type IRunOptions, ShadingType, TextRun } from 'docx';
import type { Colour } from '../domain/words.ts';

/** Word's own choice for these is sometimes a coloured picture; this font draws them as letters. */
const signs = /([✔✖▲↔⇧⇩○●↗↘→]+)/;

/** A text's lines, each on its own, with its signs in a font that has them. */
export const runs = (text: string, look: IRunOptions = {}): TextRun[] =>
  text.split('\n').flatMap((words, line) =>
    words
      .split(signs)
      .map((part, at) => ({ part, isSign: at % 2 === 1, breaks: line > 0 && at === 0 }))
      .filter(({ part, breaks }) => part !== '' || breaks)
      .map(
        ({ part, isSign, breaks }) =>
          new TextRun({
            ...look,
            text: part,
            ...(isSign ? { font: 'Segoe UI Symbol' } : {}),
            ...(breaks ? { break: 1 } : {}),
          }),
      ),
  );

/** The tint behind a rating; the words say the same. */
export const fills: Record<Colour, string | null> = {
  good: 'E5F3E8',
  warning: 'FDF1D6',
  attention: 'FBE4E3',
  default: null,
};

export const filled = (fill: string | null | undefined) =>
  fill ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill } } : {};
