import type { Page } from 'playwright-core';
import { allCards, screenNames } from '../../scripts/card-gallery/screens.ts';
import type { Card } from '../../src/teams/cards/render.ts';
import { everythingOn, type Part } from '../cards/reading.ts';
import { type Gallery, openGallery } from './gallery.ts';
import {
  fillDatesAndLists,
  namesOfStops,
  readNames,
  type Stop,
  startBefore,
  stopNow,
  whatWasSent,
} from './stops.ts';

jest.setTimeout(120_000);

let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await openGallery();
  page = await gallery.show('light');
  await readNames(page);
});
afterAll(() => gallery.close());

/** What a person can fill in or press on a card, in reading order, by the words that it is known by. */
const thingsToDo = (card: Card): string[] =>
  everythingOn(card).flatMap((part) => {
    if (String(part.type).startsWith('Action.')) return [String(part.title)];
    return String(part.type).startsWith('Input.') ? fieldNames(part) : [];
  });

/** A list of ticks has a stop for each, one of circles a single stop: the chosen one or else the first. */
function fieldNames({ type, label, title, style, isMultiSelect, value, choices }: Part): string[] {
  if (type === 'Input.Toggle') return [String(title)];
  const all = (choices ?? []) as { title: string; value: string }[];
  if (isMultiSelect) return all.map((choice) => choice.title);
  if (style === 'expanded') return [(all.find((choice) => choice.value === value) ?? all[0]!).title];
  return [String(label)];
}

/** Whether a part of it is folded until a button is pressed. */
const hasParts = (card: Card): boolean =>
  everythingOn(card).some(({ type }) => type === 'Action.ToggleVisibility' || type === 'Action.ShowCard');

const verbsOn = (card: Card): string[] =>
  everythingOn(card)
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ title, verb }) => `${title} sends ${verb}`);

/** More than any card has, the parts of dates counted: whoever is led round in a circle never leaves. */
const mostTabs = 250;

/** Goes through a card with Tab alone and does at each new stop what `act` does, until the card is left. */
async function goThrough(card: string, act: (stop: Stop) => Promise<void>): Promise<Stop[]> {
  const stops: Stop[] = [];
  await startBefore(page, card);
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab');
    const stop = await stopNow(page);
    if (stop === 'left') return stops;
    if (!stop) continue;
    stops.push(stop);
    await act(stop);
  }
  throw new Error(`${mostTabs} times Tab do not lead out of the card.`);
}

/** A field that must be filled in and is empty holds every press back. */
async function fillIn({ kind, isEmpty }: Stop): Promise<void> {
  if (!isEmpty) return;
  if (kind === 'list') await page.keyboard.press('ArrowDown');
  if (kind === 'text') await page.keyboard.type('Late');
  if (kind === 'tick') await page.keyboard.press('Space');
}

/** The same parts as on another sample, only very many of them or with words that nobody types. */
const isMoreOfTheSame = ({ sample }: { sample: string }) =>
  /hostile|many|thousand|forty|long words/.test(sample);

describe.each(screenNames())('on %s', (screen) => {
  const all = allCards().filter((named) => named.screen === screen);
  const samples = all.filter((named) => !isMoreOfTheSame(named));

  test.each(samples)(
    '$sample: everything is reached in reading order, seen and done by keys alone',
    async ({ sample, card }) => {
      const name = `${screen} ${sample}`;
      if (hasParts(card)) {
        await goThrough(name, async ({ part }) => {
          if (part === 'folded') await page.keyboard.press('Enter');
        });
      }
      await startBefore(page, name);
      await fillDatesAndLists(page);
      const sent: string[] = [];
      const keys = ['Enter', 'Space'];
      const stops = await goThrough(name, async (stop) => {
        await fillIn(stop);
        if (stop.kind !== 'button' || stop.part) return;
        await page.keyboard.press(keys[sent.length % 2]!);
        sent.push(await whatWasSent(page));
      });
      const { names, backwards } = await namesOfStops(page);
      const wanted = thingsToDo(card);
      expect(names.map((said, at) => (said.includes(wanted[at] ?? '?') ? wanted[at] : said))).toEqual(wanted);
      expect(backwards).toEqual([]);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
      expect(sent.filter(Boolean)).toEqual(verbsOn(card));
    },
  );
});
