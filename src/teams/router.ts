import type { Answer, Turn } from './turn.ts';

export type Handler = (turn: Turn) => Promise<Answer>;
export type TextHandler = (turn: Turn, match: RegExpExecArray) => Promise<Answer>;

/**
 * How a feature says what it answers. The first text pattern that matches wins, in the order registered.
 *
 * @example
 * export const myUpdates = (deps: Deps): Feature => (router) => {
 *   router.text('my-updates', /^my updates$/i, (turn) => showMyUpdates(deps, turn));
 *   router.verb('openForm', (turn) => openForm(deps, turn));
 * };
 */
export type Router = {
  /** `name` is what telemetry calls it: the verb of the button that does the same, where there is one. */
  text(name: string, pattern: RegExp, handler: TextHandler): void;
  /** Answers the verb from `Action.Execute` and from its `Action.Submit` fallback alike. */
  verb(name: string, handler: Handler): void;
  /** `installed`: added to a chat or team, once however many ways Teams says it. */
  event(name: 'installed' | 'removed', handler: Handler): void;
  /** Text that nothing else matched. */
  otherwise(handler: Handler): void;
};

export type Feature = (router: Router) => void;
