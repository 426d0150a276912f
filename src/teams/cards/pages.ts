import { type Button, button } from './button.ts';

export type Page<T> = { shown: T[]; page: number; pages: number };

/** One page of a list, from 1; a page that doesn't exist becomes the nearest that does. */
export function pageOf<T>(items: readonly T[], size: number, page = 1): Page<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const at = Math.min(Math.max(1, Math.trunc(page) || 1), pages);
  return { shown: items.slice((at - 1) * size, at * size), page: at, pages };
}

/** `Page 2 of 3`, or nothing when there is one page. */
export const pageLine = ({ page, pages }: Page<unknown>): string =>
  pages > 1 ? `Page ${page} of ${pages}` : '';

/** Earlier and later pages of the same card. */
export function pageButtons(
  { page, pages }: Page<unknown>,
  verb: string,
  data: Button['data'] = {},
): Button[] {
  const earlier = page > 1 ? [button('Previous page', verb, { ...data, page: page - 1 })] : [];
  const later = page < pages ? [button('Next page', verb, { ...data, page: page + 1 })] : [];
  return [...earlier, ...later];
}
