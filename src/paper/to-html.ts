import type { Block, Cell, Column, Table } from './layout/blocks.ts';
import { layOut } from './layout/lay-out.ts';
import { type Markup, markup } from './markup.ts';
import type { Paper } from './paper.ts';
import { stylesheet } from './stylesheet.ts';

/** One page that stands on its own: no script, nothing fetched, every word escaped, every table with headings. */
export function toHtml(paper: Paper): string {
  const { council, title, period, marking, notice } = paper;
  const page = markup`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${marking ? `${marking}: ` : ''}${title}, ${period.name}, ${council}</title>
<style>${{ safe: stylesheet }}</style>
</head>
<body>
<main>
${marking ? markup`<p class="marking">${marking}</p>` : null}
<p class="council"><bdi>${council}</bdi></p>
<h1><bdi>${title}</bdi></h1>
${notice ? markup`<p class="notice"><bdi>${notice}</bdi></p>` : null}
${layOut(paper).map(blockMarkup)}
</main>
</body>
</html>
`;
  return page.safe;
}

function blockMarkup(block: Block): Markup {
  switch (block.block) {
    case 'heading': {
      const text = markup`<bdi>${block.text}</bdi>`;
      if (block.level === 3) return markup`<h3>${text}</h3>\n`;
      return block.anchor ? markup`<h2 id="${block.anchor}">${text}</h2>\n` : markup`<h2>${text}</h2>\n`;
    }
    case 'text':
      return block.colour
        ? markup`<p><span class="tone ${block.colour}">${block.text}</span></p>\n`
        : markup`<p><bdi>${block.text}</bdi></p>\n`;
    case 'list':
      return markup`<ul>\n${block.items.map((item) => markup`<li><bdi>${item}</bdi></li>\n`)}</ul>\n`;
    case 'facts':
      return markup`<table class="facts"><caption>${block.caption}</caption><tbody>
${block.facts.map(([name, value]) => markup`<tr><th scope="row">${name}</th><td><bdi>${value}</bdi></td></tr>\n`)}</tbody></table>\n`;
    case 'table':
      return tableMarkup(block);
  }
}

// A wide table scrolls by itself on a small screen, so the keyboard must be able to reach it.
const tableMarkup = ({
  caption,
  columns,
  rows,
  totalled,
}: Table): Markup => markup`<div class="wide" role="group" aria-label="${caption}" tabindex="0"><table>
<caption><bdi>${caption}</bdi></caption>
<colgroup>${columns.map(({ width }) => markup`<col style="width:${width}%">`)}</colgroup>
<thead><tr>${columns.map(({ heading, figures }) => markup`<th scope="col"${figuresClass(figures)}>${heading}</th>`)}</tr></thead>
<tbody>
${rows.map((row, at) => rowMarkup(row, columns, totalled && at === rows.length - 1))}</tbody>
</table></div>
`;

const figuresClass = (figures?: true): Markup | null => (figures ? markup` class="figures"` : null);

const rowMarkup = (row: readonly Cell[], columns: readonly Column[], total: boolean): Markup =>
  markup`<tr${total ? markup` class="total"` : null}>${row.map((each, at) => cellMarkup(each, columns[at]!, at === 0))}</tr>\n`;

function cellMarkup({ lines, colour, link }: Cell, { figures }: Column, heads: boolean): Markup {
  const said = lines.map((text, at) => {
    const words = markup`<bdi>${text}</bdi>`;
    return markup`<span class="line">${link && at === 0 ? markup`<a href="#${link}">${words}</a>` : words}</span>`;
  });
  if (heads) return markup`<th scope="row">${said}</th>`;
  const look = [figures ? 'figures' : '', colour && colour !== 'default' ? colour : '']
    .filter(Boolean)
    .join(' ');
  return markup`<td${look ? markup` class="${look}"` : null}>${said}</td>`;
}
