import type { Application } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import type { NoState } from './no-state.ts';
import type { Feature, Handler, Router } from './router.ts';

/** Runs a handler on the turn that a context carries, and gives its answer to whom it belongs; `name` is its route's. */
export type RunHandler = (context: TurnContext, name: string, handler: Handler) => Promise<void>;

type Lifecycle = Parameters<Router['event']>[0];

/** What an activity says of the bot's own coming and going; people's is none of its business. */
export function lifecycleOf(activity: Activity): Lifecycle | null {
  const { type, action, membersAdded, membersRemoved, recipient } = activity;
  const isBot = ({ id }: { id: string }) => id === recipient.id;
  if (type === 'installationUpdate') {
    return action === 'add' ? 'installed' : action === 'remove' ? 'removed' : null;
  }
  if (type !== 'conversationUpdate') return null;
  if (membersAdded?.some(isBot)) return 'installed';
  return membersRemoved?.some(isBot) ? 'removed' : null;
}

/** Turns what features register into routes of the application, in the order registered. */
export function registerFeatures(
  app: Application<NoState>,
  features: readonly Feature[],
  run: RunHandler,
): void {
  let otherwise: Handler = async () => null;

  const router: Router = {
    text(name, pattern, handler) {
      // Global and sticky patterns remember where they stopped; a route must not.
      const matcher = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
      app.message(matcher, (context) =>
        run(context, name, (turn) => handler(turn, matcher.exec(turn.text)!)),
      );
    },
    verb(name, handler) {
      app.adaptiveCards.actionExecute(name, async (context) => {
        await run(context, name, handler);
        // `run` has set the answer; teams-ai only wants to see that something came back.
        return '';
      });
      app.adaptiveCards.actionSubmit(name, (context) => run(context, name, handler));
    },
    event(name, handler) {
      const isIt = async ({ activity }: TurnContext) => lifecycleOf(activity) === name;
      app.activity(isIt, (context) => run(context, name, handler));
    },
    otherwise(handler) {
      otherwise = handler;
    },
  };

  for (const feature of features) feature(router);
  const isTyped = async ({ activity }: TurnContext) => activity.type === 'message' && !activity.value?.verb;
  app.activity(isTyped, (context) => run(context, 'other-words', otherwise));
}
