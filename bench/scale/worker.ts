import { createLog } from '../../src/log.ts';
import { start } from '../../src/start.ts';
import { nine } from './councils.ts';

// Planwatch as it is, but that its councils live on the morning when a quarter opens.
const began = Date.now();
const { SQLITE_FILE } = process.env;
const running = await start(
  {
    mode: 'playground',
    host: '127.0.0.1',
    port: 0,
    playgroundPort: null,
    telemetry: null,
    logLevel: 'info',
    store: { kind: 'sqlite', file: SQLITE_FILE! },
  },
  createLog('info'),
  async () => ({
    now: () => new Date(Date.parse(nine) + Date.now() - began).toISOString(),
    dayLine: () => null,
    anyHour: false,
    features: () => [],
    commands: [],
    opened: async () => void process.send?.('started'),
    close: async () => {},
  }),
);
process.once('SIGTERM', () => running.stop().finally(() => process.exit()));
