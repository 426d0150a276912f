import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openPlaygroundEdition } from '../../src/playground/edition.ts';
import { loadSample } from '../../src/playground/load-sample.ts';
import { start } from '../../src/start.ts';
import type { Store } from '../../src/store/store.ts';
import { type Activity, activity, execute, message } from './activities.ts';
import { startFakeConnector } from './fake-connector.ts';
import { kentTenant } from './kent.ts';
import { copyMade, loadedBy } from './loaded-once.ts';

type Card = Record<string, unknown>;

/** Where something is said: the chat with the bot, or a channel. */
export const inChannel = (id: string): Activity => ({
  conversation: { isGroup: true, conversationType: 'channel', tenantId: kentTenant, id: `${id};messageid=1` },
  channelData: { tenant: { id: kentTenant }, team: { id: 'team' }, channel: { id, name: id } },
});

/** The whole bot as `npm start` composes it, on the sample council, with a fake Teams in place of the client. */
export async function startKentBot(environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-bot-'));
  const file = join(folder, 'kent.db');
  const load = loadedBy((store) => loadSample(store, createLog('silent')));
  await copyMade('kent-bot', file, load);
  const env = { PORT: '0', PLAYGROUND_PORT: 'off', PLANWATCH_SQLITE_FILE: file, ...environment };
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.message);
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  let store: Store | undefined;
  const running = await start(read.config, log, async (given) => {
    store = given.store;
    return openPlaygroundEdition(given);
  });
  const teams = await startFakeConnector();
  const url = `http://127.0.0.1:${running.port}/api/messages`;
  const people = await store!.list({ tenant: kentTenant, year: null }, 'person');

  /** Everyone gets an account that the bot knows, as after their first contact. */
  const accounts = new Map<string, string>();
  for (const [at, { data }] of people.entries()) {
    accounts.set(data.name, `6b1f0d5e-2009-4010-8a38-${String(at + 1).padStart(12, 'a')}`);
  }
  const bound = people.map(({ id, version, data }) => ({
    ...({ change: 'replace', kind: 'person', id, version } as const),
    data: { ...data, entraObjectId: accounts.get(data.name)! },
  }));
  await store!.write({ tenant: kentTenant, year: null }, bound);
  const from = (name: string) => ({ id: `29:${name}`, name, aadObjectId: accounts.get(name) ?? 'nobody' });

  async function sendText(body: string) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  async function send(what: Activity) {
    const { status, text } = await sendText(JSON.stringify(what));
    return { status, body: text ? JSON.parse(text) : null };
  }

  return {
    store: store!,
    /** The store's SQLite file. */
    file,
    teams,
    people: people.map(({ data }) => data),
    logged: () => lines.join(''),
    /** What stands in `from` when someone of the sample does something. */
    accountOf: from,
    /** Sends a body as it is. */
    sendText,
    /** Types a line and gives the card that was sent in answer. */
    async say(name: string, text: string, where: Activity = {}): Promise<Card> {
      const before = teams.cards().length;
      await send(message(teams.serviceUrl, text, { from: from(name), ...where }));
      return teams.cards()[before] as Card;
    },
    /** Presses an action and gives what the invoke was answered with. */
    async press(name: string, verb: string, data: object = {}, where: Activity = {}) {
      const { body } = await send(execute(teams.serviceUrl, verb, data, { from: from(name), ...where }));
      return { statusCode: body.statusCode as number, type: body.type as string, card: body.value as Card };
    },
    /** Sends any other activity. */
    tell: (name: string, over: Activity) => send(activity(teams.serviceUrl, { from: from(name), ...over })),
    async stop() {
      await running.stop();
      await teams.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type KentBot = Awaited<ReturnType<typeof startKentBot>>;

/** All that a card says, in one text. */
export const wordsOf = (card: unknown): string => {
  if (typeof card === 'string') return card;
  if (Array.isArray(card)) return card.map(wordsOf).join('\n');
  if (card === null || typeof card !== 'object') return '';
  return Object.entries(card)
    .filter(([key]) => !['type', 'id', 'verb', 'style', 'color', 'fallback', 'data'].includes(key))
    .map(([, value]) => wordsOf(value))
    .join('\n');
};

/** Every press that a card offers, with its data. */
export function pressesOf(card: unknown): { title: string; verb: string; data: Record<string, unknown> }[] {
  if (Array.isArray(card)) return card.flatMap(pressesOf);
  if (card === null || typeof card !== 'object') return [];
  const own = card as Record<string, unknown>;
  const { fallback: _fallback, ...rest } = own;
  const inner = Object.values(rest).flatMap(pressesOf);
  if (own.type !== 'Action.Execute') return inner;
  return [
    { title: String(own.title), verb: String(own.verb), data: (own.data ?? {}) as Record<string, unknown> },
    ...inner,
  ];
}
