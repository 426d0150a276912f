import type { IncomingMessage } from 'node:http';

export type ReadBody = { ok: true; body: unknown } | { ok: false; code: 'not-json' | 'too-large' };

/**
 * A request's JSON, up to `longest` bytes; what is longer is let through to its end and dropped, so that the
 * client hears the answer. restify's own parser unzips without a limit and crashes on a broken gzip stream, so
 * compressed bodies are not read at all; the Bot Connector sends none.
 */
export function readBody(request: IncomingMessage, longest: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= longest) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () => {
      if (length > longest) resolve({ ok: false, code: 'too-large' });
      else if (request.headers['content-encoding']) resolve({ ok: false, code: 'not-json' });
      else resolve(parse(Buffer.concat(chunks)));
    });
    // A client that went away hears no answer, but its turn here must end too.
    request.once('close', () => resolve({ ok: false, code: 'not-json' }));
  });
}

function parse(bytes: Buffer): ReadBody {
  try {
    return { ok: true, body: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { ok: false, code: 'not-json' };
  }
}
