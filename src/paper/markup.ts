const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to stand in a page as it is; made by `markup` alone. */
export type Markup = { readonly safe: string };

type Part = string | number | Markup | readonly Markup[] | null;

function render(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (sign) => entities[sign]!);
  return 'safe' in part ? part.safe : part.map(({ safe }) => safe).join('');
}

/** HTML from a template: whatever is put into it is escaped, unless it is markup itself. */
export const markup = (template: TemplateStringsArray, ...parts: Part[]): Markup => ({
  safe: template.reduce((page, text, at) => page + render(parts[at - 1] ?? null) + text),
});
