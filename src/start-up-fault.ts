import type { Config } from './config.ts';

/** Why Planwatch couldn't start, with what to do; null for what nobody foresaw. */
export function startUpFault(error: unknown, { port, store }: Config): string | null {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by another Planwatch. Stop that, or set PORT to another port.`;
  }
  if (code === 'ERR_SQLITE_ERROR' && store.kind === 'sqlite') {
    return `The store ${store.file} can't be used: ${message}. Check the file, or set PLANWATCH_SQLITE_FILE to another.`;
  }
  return null;
}
