import { registerHooks } from 'node:module';

/**
 * What the bot's SDKs load for language models and for understanding dates in sentences, and Planwatch never uses:
 * a third of the time that a process takes to load, of which a run has many.
 */
const unused = /^(gpt-tokenizer|yaml|@microsoft\/recognizers-text[^/]*)(\/|$)/;
const nothing = new URL('./nothing.cjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    unused.test(specifier)
      ? { url: nothing, shortCircuit: true, format: 'commonjs' }
      : next(specifier, context),
});
