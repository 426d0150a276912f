import { themes } from '../../scripts/card-gallery/host-config.ts';
import { faultsIn, looks } from './axe.ts';
import { cardNames, type Gallery, openGallery, resize, unfoldAll } from './gallery.ts';
import { cutOff } from './reflow.ts';

jest.setTimeout(120_000);

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

test.each(themes)('axe finds nothing on any card in the %s theme, at 200%% zoom', async (theme) => {
  const page = await gallery.show(theme);
  await unfoldAll(page);
  expect(await page.locator('figure').count()).toBe(cardNames().length);
  await resize(page, 'zoomed');
  // What the markup says is the same in every theme, so it is looked at once.
  expect(await faultsIn(page, theme === 'light' ? {} : { rules: looks })).toEqual([]);
  await page.close();
});

test('axe finds nothing on any card as large as it is by itself', async () => {
  const page = await gallery.show('light');
  await unfoldAll(page);
  expect(await faultsIn(page, { rules: looks })).toEqual([]);
  await page.close();
});

test('no card is cut off or scrolls sideways on a phone, or in a desktop window at 200% zoom', async () => {
  const page = await gallery.show('light');
  await unfoldAll(page);
  for (const width of ['zoomed', 'phone'] as const) {
    await resize(page, width);
    expect(await cutOff(page)).toEqual([]);
  }
  await page.close();
});
