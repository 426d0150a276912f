import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { hostConfig, themes } from './host-config.ts';
import { allCards, screenNames } from './screens.ts';

const here = import.meta.dirname;
const modules = join(here, '../../node_modules');

const files: Record<string, [file: string, type: string]> = {
  '/': [join(here, 'gallery.html'), 'text/html'],
  '/gallery.css': [join(here, 'gallery.css'), 'text/css'],
  '/gallery.js': [join(here, 'gallery.js'), 'text/javascript'],
  '/mend-rendered.js': [join(here, 'mend-rendered.js'), 'text/javascript'],
  '/adaptivecards.js': [join(modules, 'adaptivecards/dist/adaptivecards.min.js'), 'text/javascript'],
  '/adaptivecards.css': [join(modules, 'adaptivecards/dist/adaptivecards.css'), 'text/css'],
  '/markdown-it.js': [join(modules, 'markdown-it/dist/browser/markdown-it.umd.min.js'), 'text/javascript'],
};

const content = () => ({
  screens: screenNames(),
  cards: allCards(),
  hostConfigs: Object.fromEntries(themes.map((theme) => [theme, hostConfig(theme)])),
});

/** Serves the gallery on loopback; cards are made anew for each visit. Resolves once it listens. */
export function serveGallery(port: number): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const known = files[pathname];
    // One call after the other: where restify is loaded, `writeHead` doesn't give the response back.
    if (pathname === '/cards.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(content()));
    } else if (known) {
      response.setHeader('content-type', `${known[1]}; charset=utf-8`);
      response.end(readFileSync(known[0]));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}
