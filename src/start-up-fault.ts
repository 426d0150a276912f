import type { Config } from './config.ts';

/** Why Planwatch couldn't start, with what to do; null for what nobody foresaw. */
export function startUpFault(error: unknown, { port, store }: Config): string | null {
  const { code } = error as { code?: unknown };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by another Planwatch. Stop that, or set PORT to another port.`;
  }
  return storeFault(error, store);
}

/** Why the store couldn't be opened, with what to do; null for what nobody foresaw. */
export function storeFault(error: unknown, store: Config['store']): string | null {
  if (store.kind !== 'sqlite') return null;
  const { code, message = '' } = error as { code?: unknown; message?: string };
  // The store's own words about its file, such as that a newer version wrote it.
  if (message.startsWith(store.file)) return message;
  const ofFile =
    code === 'ERR_SQLITE_ERROR' || ['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS'].includes(String(code));
  return ofFile
    ? `The store ${store.file} can't be used: ${message}. Check the file, or set PLANWATCH_SQLITE_FILE to another.`
    : null;
}
