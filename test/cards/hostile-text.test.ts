import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/card-gallery/browser.ts';
import { allCards, samplesOf, screenNames, screens } from '../../scripts/card-gallery/screens.ts';
import { plainText } from '../../src/teams/cards/plain-text.ts';
import { tidy } from '../../src/teams/cards/tidy.ts';

const modules = join(import.meta.dirname, '../../node_modules');
/** What Markdown or raw HTML would have made of a text that wasn't escaped. */
const made =
  'a, b, i, em, strong, code, pre, del, s, li, h1, h2, h3, h4, h5, h6, blockquote, hr, img, table:not(.ac-factset), at, script';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.addScriptTag({ path: join(modules, 'markdown-it/dist/browser/markdown-it.umd.min.js') });
  await page.addScriptTag({ path: join(modules, 'adaptivecards/dist/adaptivecards.min.js') });
  // Everything that a client may read as Markdown: raw HTML, bare links and strike-through included.
  await page.evaluate(`AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownit({ html: true, linkify: false }).render(text);
    result.didProcess = true;
  }`);
});
afterAll(() => browser?.close());

/** Draws cards in the real renderer: the text that each shows, and what it made of it. */
const draw = (cards: unknown[]): Promise<{ text: string; made: string[] }[]> =>
  page.evaluate(
    ([all, selector]) =>
      (all as unknown[]).map((json) => {
        // biome-ignore lint/suspicious/noExplicitAny: the renderer is a script of the page
        const card = new (globalThis as any).AdaptiveCards.AdaptiveCard();
        card.parse(json);
        const drawn = card.render();
        // biome-ignore lint/suspicious/noExplicitAny: an element of the page's own document
        const elements = [...drawn.querySelectorAll(selector)].map((element: any) =>
          element.outerHTML.slice(0, 80),
        );
        return { text: drawn.textContent as string, made: elements };
      }),
    [cards, made] as const,
  );

const cardOf = (text: string) =>
  tidy({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text, wrap: true }] });
const factOf = (text: string) =>
  tidy({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'FactSet', facts: [{ title: 'Said', value: text }] }],
  });

const words = (text: string) => text.replace(/\s+/g, ' ').trim();
/** Line breaks part paragraphs, which textContent joins. */
const letters = (text: string) => text.replace(/\s+/g, '');

const typed = [
  '**bold** and _italic_ and ***both***',
  '`code` and ```fence```',
  '[a link](https://example.org) and ![an image](https://example.org/x.png)',
  '<https://example.org> and <someone@example.org>',
  '<at>Everyone</at> <script>alert(1)</script> <b onclick="x()">tag</b>',
  '${x} ${$root} {{DATE(2017-02-14T06:00:00Z, SHORT)}} {{TIME(2017-02-14T06:00:00Z)}}',
  '"double" \'single\' “curly” \\ backslash \\* \\n',
  '&amp; &lt; &#42; &copy; AT&T R&D',
  '# heading\n## another\n> quote\n- item\n+ item\n* item\n1. one\n2) two\n---\n***\n===',
  '~~struck~~ ~5 and ~6',
  'first line\nsecond line\r\n\r\n    indented',
  'مرحبا بكم في كنت',
  'rolled back \u202edrawkcab\u202c and on',
  '🚧👩🏽‍🔧 café naïve ﷽',
  '5 * 3 = 15, file_name_here, a < b > c, 3-4, -3%, 100%',
  '|a|b|\n|-|-|\n|1|2|',
  '[ref]: https://example.org "title"',
  'x'.repeat(5000),
  'a *'.repeat(1250),
];

test.each(typed.map((text) => [text.slice(0, 40), text]))('shows %j as it was typed', async (_, text) => {
  const [block, fact] = await draw([cardOf(text), factOf(text)]);
  expect(letters(block!.text)).toBe(letters(text));
  expect(letters(fact!.text)).toBe(letters(`Said${text}`));
  expect([...block!.made, ...fact!.made]).toEqual([]);
});

test('shows anything that can be typed as it was typed', async () => {
  const marks = fc.constantFrom(...'*_`[]()<>!#~&;\\-+=|.:/{}$"\' \n1ab@é'.split(''));
  const texts = fc
    .sample(fc.array(marks, { minLength: 1, maxLength: 30 }), 3000)
    .map((parts) => parts.join(''));
  const shown = texts.filter((text) => text.trim() !== '');
  const drawn = await draw(shown.map(cardOf));
  const changed = shown.flatMap((text, at) =>
    letters(drawn[at]!.text) === letters(text) && drawn[at]!.made.length === 0
      ? []
      : [{ text, drawn: drawn[at] }],
  );
  expect(changed).toEqual([]);
});

test('leaves ordinary text alone', () => {
  const ordinary = [
    '91.2% against a target of 95%; floor 90%',
    'Children, Families & Education – 14-24 Innovation (NI 192)',
    '✖ Red – below floor · ↘ worsening',
    '“Two gangs were moved”, said the manager. £3.2m at 4:30.',
    'Kent County Council’s T2010 target 21 / KA outcome 15',
    '-3% since April',
  ];
  expect(ordinary.map(plainText)).toEqual(ordinary);
});

test('draws every card of every sample with nothing made of what people typed', async () => {
  const cards = allCards();
  const drawn = await draw(cards.map(({ card }) => card));
  const faults = cards.flatMap(({ screen, sample }, at) =>
    drawn[at]!.made.map((element) => `${screen} (${sample}): ${element}`),
  );
  expect(faults).toEqual([]);
  expect(cards.filter((_, at) => words(drawn[at]!.text) === '')).toEqual([]);
});

describe('an expression of the templates', () => {
  /** What a template would work out to MADE. */
  const expression = "${concat('MA','DE')} ${$root} ${$data} ${$host}";

  /** A sample with the expression in every sentence of it: words alone are often names of states. */
  function spoiled(value: unknown): unknown {
    if (typeof value === 'string') return /[a-z] [a-z]/i.test(value) ? `${value} ${expression}` : value;
    if (Array.isArray(value)) return value.map(spoiled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoiled(each)]));
  }

  test.each(screenNames())('that someone typed stays as typed on the card “%s”', (screen) => {
    let shown = 0;
    for (const { view } of samplesOf(screen)) {
      const card = JSON.stringify(screens[screen]!(spoiled(view)));
      expect(card).not.toMatch(/MADE|\[object Object\]/);
      if (card.includes("${concat('MA','DE')}")) shown += 1;
    }
    expect(shown).toBeGreaterThan(0);
  });
});
