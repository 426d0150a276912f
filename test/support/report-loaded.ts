import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Loaded into a process before its own code: says on standard error which modules it loads.
registerHooks({
  load(url, context, next) {
    writeSync(2, `loaded ${url}\n`);
    return next(url, context);
  },
});
