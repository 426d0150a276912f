import { Server } from 'node:net';

// Loaded into the Playground's process before its own code: it would listen on every address of the machine,
// and whoever reaches it speaks to a bot that asks for no token.
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const [port, host, ...rest] = args;
  const isPort = typeof port === 'number' || typeof port === 'string';
  if (!isPort || typeof host === 'string') return listen.apply(this, args);
  return listen.call(this, port, '127.0.0.1', host, ...rest);
} as typeof Server.prototype.listen;
