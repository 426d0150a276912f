// Draws appPackage/color.png and outline.png from the SVG files beside them:
//   node scripts/app-package/draw-icons.ts
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../card-gallery/browser.ts';

const folder = join(import.meta.dirname, '../../appPackage');

const browser = await launchBrowser();
for (const [name, size] of [
  ['color', 192],
  ['outline', 32],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
  console.log(`appPackage/${name}.png`);
}
await browser.close();
