import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Store } from './store/store.ts';
import type { Command } from './teams/cards/role-guide.ts';
import type { FeatureDeps } from './teams/features/at-work.ts';
import type { Feature } from './teams/router.ts';

/** What the two modes do differently. Teams mode has what is in this file and nothing more. */
export type Edition = {
  now: FeatureDeps['now'];
  dayLine: FeatureDeps['dayLine'];
  /** Playground: the cycle asks people when the clock is moved, at any hour, and not by the hour of the day. */
  anyHour: boolean;
  /** Features beside the common ones, and how help describes them. */
  features: (deps: FeatureDeps & { quiet: () => Promise<void> }) => Feature[];
  commands: readonly Command[];
  /** The id of the person that an account has chosen to be. */
  actsAs?: (tenant: string, aadObjectId: string) => Promise<string | null>;
  /** Called when the bot answers at this port. */
  opened: (port: number) => Promise<void>;
  close: () => Promise<void>;
};

export type OpenEdition = (given: { config: Config; store: Store; log: Log }) => Promise<Edition>;

/** Microsoft Teams: the world's clock, and everyone is who their token says. */
export const openTeamsEdition: OpenEdition = async () => ({
  now: () => new Date().toISOString(),
  dayLine: () => null,
  anyHour: false,
  features: () => [],
  commands: [],
  opened: async () => {},
  close: async () => {},
});
