import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// The package's index would also bring in typings of adaptivecards' own TypeScript sources, which don't compile here.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import { tidy } from './tidy.ts';

/** An Adaptive Card 1.5, ready to attach. */
export type Card = { type: 'AdaptiveCard'; body: Record<string, unknown>[]; [property: string]: unknown };

/** What may stand on any card. All are ready-made sentences or left out. */
export type Foot = {
  /** Playground: what day it is there. */
  dayLine?: string | null;
  /** When the figures were true, such as `14 October 2009, 9.12am`. */
  asAt?: string | null;
  /** Above the figures: why words that would stand among them are not shown. */
  withheld?: string | null;
  /** Such as that the figures are illustrative. */
  notice?: string | null;
};

type Head = { title: string; subtitle?: string | null };

const folder = join(import.meta.dirname, '../../../cards');
const templates = new Map<string, Template>();

function templateOf(screen: string): Template {
  let template = templates.get(screen);
  if (!template) {
    template = new Template(JSON.parse(readFileSync(join(folder, `${screen}.json`), 'utf8')));
    templates.set(screen, template);
  }
  return template;
}

const expand = (screen: string, data: object) => templateOf(screen).expand({ $root: data }) as Card;

/**
 * Fills `cards/SCREEN.json` and sets it between the head and foot of `cards/frame.json`. Every field that the
 * template names must be in `data`; an empty text or null leaves its element or property out.
 */
export const renderCard = (screen: string, head: Head, foot: Foot, data: object): Card =>
  framed(fillScreen(screen, data), head, foot);

/** Fills `cards/SCREEN.json`, as it stands between the head and foot of a card. */
export const fillScreen = (screen: string, data: object): Card => tidy(expand(screen, data)) as Card;

/** Sets a filled screen, which stays as it is, between the head and foot of `cards/frame.json`. */
export function framed(screen: Card, { title, subtitle = '' }: Head, foot: Foot): Card {
  const { dayLine = '', asAt, notice = '' } = foot;
  const withheld = (asAt && foot.withheld) || '';
  const frame = expand('frame', {
    title,
    subtitle,
    withheld,
    dayLine,
    asAt: asAt ? `As at ${asAt}` : '',
    notice,
  });
  const at = frame.body.findIndex(({ id }) => id === 'screen');
  const above = tidy(frame.body.slice(0, at)) as Card['body'];
  const below = tidy(frame.body.slice(at + 1)) as Card['body'];
  return { ...screen, fallbackText: title, body: [...above, ...screen.body, ...below] };
}
