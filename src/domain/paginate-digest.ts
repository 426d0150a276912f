import type { DigestBrief, DigestContent, DigestGroup, DigestMissing } from './digest-content.ts';

/** What pages are filled with; it never comes apart, and a heading is always in it. */
type Piece =
  | { part: 'groups'; item: DigestGroup }
  | { part: 'atRisk'; item: DigestBrief }
  | { part: 'missing'; item: DigestMissing };

const continues = (group: DigestGroup, open: DigestGroup | undefined): open is DigestGroup =>
  group.continued && open?.heading === group.heading && open.plan?.ref === group.plan?.ref;

/** Parts of one group that meet on a page stand under one heading. */
function rejoined(parts: readonly DigestGroup[]): DigestGroup[] {
  const groups: DigestGroup[] = [];
  for (const part of parts) {
    const open = groups.at(-1);
    if (!continues(part, open)) groups.push({ ...part, exceptions: [...part.exceptions] });
    else {
      open.exceptions.push(...part.exceptions);
      open.more = part.more;
    }
  }
  return groups;
}

const pageOf = (frame: DigestContent, pieces: readonly Piece[]): DigestContent => ({
  ...frame,
  groups: rejoined(pieces.flatMap((piece) => (piece.part === 'groups' ? piece.item : []))),
  atRisk: pieces.flatMap((piece) => (piece.part === 'atRisk' ? piece.item : [])),
  missing: pieces.flatMap((piece) => (piece.part === 'missing' ? piece.item : [])),
});

const oneByOne = (group: DigestGroup): Piece[] =>
  group.exceptions.map((exception, at, { length }) => ({
    part: 'groups',
    item: {
      ...group,
      exceptions: [exception],
      continued: at > 0,
      more: at === length - 1 ? group.more : 0,
    },
  }));

/** A plan stays whole where a page can hold it; a directorate is filled in exception by exception. */
function piecesOf(content: DigestContent, fits: (piece: Piece) => boolean): Piece[] {
  const groups = content.groups.flatMap((item): Piece[] => {
    const whole: Piece = { part: 'groups', item };
    const divides = item.exceptions.length > 1 && (item.plan === null || !fits(whole));
    return divides ? oneByOne(item) : [whole];
  });
  return [
    ...groups,
    ...content.atRisk.map((item): Piece => ({ part: 'atRisk', item })),
    ...content.missing.map((item): Piece => ({ part: 'missing', item })),
  ];
}

/**
 * Splits a digest into pages that each measure at most `limit`, in order and with nothing lost. A plan stays
 * with its heading, and whole where a page can hold it; a heading that goes on is repeated as `continued`.
 * Only a single exception that is larger than a page by itself makes one that is over.
 *
 * Costs one `measure` of each piece and page, so it grows with the digest and no faster.
 */
export function paginate(
  content: DigestContent,
  measure: (content: DigestContent) => number,
  limit: number,
): DigestContent[] {
  const frame = { ...content, groups: [], atRisk: [], missing: [], standing: {}, page: 999, pages: 999 };
  const base = measure(frame);
  const sizeOf = (piece: Piece) => measure(pageOf(frame, [piece])) - base;
  const pieces = piecesOf(content, (piece) => base + sizeOf(piece) <= limit);
  const sizes = pieces.map(sizeOf);
  const pages: DigestContent[] = [];
  let at = 0;
  do {
    let to = at + 1;
    let size = base + (sizes[at] ?? 0);
    while (to < pieces.length && size + sizes[to]! <= limit) size += sizes[to++]!;
    // Pieces side by side may measure a little more than each by itself.
    while (to > at + 1 && measure(pageOf(frame, pieces.slice(at, to))) > limit) to -= 1;
    pages.push(pageOf(frame, pieces.slice(at, to)));
    at = to;
  } while (at < pieces.length);
  return pages.map((page, index) => ({ ...page, page: index + 1, pages: pages.length }));
}
