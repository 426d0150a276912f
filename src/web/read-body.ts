import type { IncomingMessage } from 'node:http';

export type ReadBody =
  | { ok: true; body: unknown }
  | { ok: false; code: 'not-json' | 'too-large' | 'no-room' };

/** Bytes. */
export type BodyLimits = {
  longest: number;
  /** What all bodies may hold together before they have come to their end. */
  together: number;
  /** A body up to this length is read whatever others hold: what people send is hardly ever longer. */
  always: number;
};

/**
 * Makes a reader of requests' JSON, up to `longest` bytes and 64 levels; what is longer is let through to its end and
 * dropped, so that the client hears the answer. Many long bodies that never end would fill the memory before anyone
 * knows who sends them, so there is room for some. restify's own parser unzips without a limit and crashes on a broken
 * gzip stream, so compressed bodies are not read at all; the Bot Connector sends none.
 */
export function createBodyReader({ longest, together, always }: BodyLimits) {
  let held = 0;
  return (request: IncomingMessage): Promise<ReadBody> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let length = 0;
      let kept = 0;
      let dropped: 'too-large' | 'no-room' | null = null;

      function letGo(): void {
        chunks.length = 0;
        held -= kept;
        kept = 0;
      }
      request.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longest) dropped = 'too-large';
        else if (length > always && held + chunk.length > together) dropped ??= 'no-room';
        if (dropped) return letGo();
        chunks.push(chunk);
        kept += chunk.length;
        held += chunk.length;
      });
      request.once('end', () => {
        const bytes = Buffer.concat(chunks);
        letGo();
        if (dropped) resolve({ ok: false, code: dropped });
        else if (request.headers['content-encoding']) resolve({ ok: false, code: 'not-json' });
        else resolve(parse(bytes));
      });
      // A client that went away hears no answer, but its turn here must end too.
      request.once('close', () => {
        letGo();
        resolve({ ok: false, code: 'not-json' });
      });
    });
}

/** Levels of lists and objects within each other; an activity of Teams has ten at the most. */
const deepest = 64;

const sign = (character: string) => character.charCodeAt(0);
const [quote, backslash] = [sign('"'), sign('\\')];
const opening = [sign('['), sign('{')];
const closing = [sign(']'), sign('}')];

/**
 * Whether JSON goes deeper than anything here needs, told without building it: half a megabyte of brackets takes a
 * parser half a second, and whoever walks through what it made runs out of stack.
 */
export function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === quote) inString = !inString;
    else if (inString) at += byte === backslash ? 1 : 0;
    else if (opening.includes(byte)) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (closing.includes(byte)) depth -= 1;
  }
  return false;
}

function parse(bytes: Buffer): ReadBody {
  if (isTooDeep(bytes)) return { ok: false, code: 'not-json' };
  try {
    return { ok: true, body: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { ok: false, code: 'not-json' };
  }
}
