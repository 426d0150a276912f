import { type Markup, markup } from '../paper/markup.ts';
import type { HeldAbout, HeldDocument } from '../usecases/held-about.ts';

const marks = { id: 'their id', name: 'their name', email: 'their e-mail address', chat: 'their chat' };

const row = ({ year, kind, id, why, fields, data }: HeldDocument): Markup => markup`<tr>
<td>${year}</td><th scope="row">${kind} ${id}</th><td>${why}</td>
<td>${fields.map(({ field, by }) => `${field}: ${marks[by]}`).join('; ')}</td>
<td><details><summary>Show <span class="of">${kind} ${id}</span></summary><pre>${JSON.stringify(data, null, 2)}</pre></details></td>
</tr>
`;

/** What is held about a person as a page to read: one row a document, with all that it says. Nothing in it runs or loads. */
export const heldAboutHtml = ({ council, person, asAt, documents }: HeldAbout): string =>
  markup`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What is held about ${person.name}</title>
<style>
body { font: 1rem/1.5 sans-serif; margin: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #b1b4b6; padding: .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th[scope=row] { font-weight: normal }
pre { white-space: pre-wrap }
summary { min-height: 1.5rem }
.of { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
</style></head><body><main>
<h1>What is held about ${person.name}</h1>
<p>${council}, as at ${asAt}. ${documents.length} documents tell of them by id, name or e-mail address. A first name alone, a nickname or a misspelling is not found. Cards that were sent are in Microsoft Teams.</p>
<table><caption>Documents</caption><thead><tr><th scope="col">Year</th><th scope="col">Document</th><th scope="col">Why it is kept</th><th scope="col">Where it tells of them</th><th scope="col">All of it</th></tr></thead>
<tbody>
${documents.map(row)}</tbody></table></main></body></html>
`.safe;
