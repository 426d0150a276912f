import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { writePictures } from './pictures.ts';
import { serveGallery } from './serve.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3979' },
    pictures: { type: 'string' },
    screen: { type: 'string', default: 'all' },
  },
});

const server = await serveGallery(values.pictures ? 0 : Number(values.port));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

if (values.pictures) {
  const browser = await launchBrowser();
  await writePictures(browser, address, values.pictures, { screen: values.screen });
  await browser.close();
  server.close();
  console.log(`The pictures are in ${values.pictures}.`);
} else {
  console.log(`Every card with its samples: ${address}`);
  console.log('Change a template or sample and reload the page. Stop with Ctrl+C.');
  console.log('For pictures: npm run cards -- --pictures FOLDER [--screen plan-status]');
}
