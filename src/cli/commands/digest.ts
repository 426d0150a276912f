import { Command } from 'commander';
import type { Channel } from '../../domain/channel.ts';
import { parseDate } from '../../domain/dates.ts';
import { audienceTitle } from '../../usecases/connect-channel.ts';
import type { Deps } from '../../usecases/deps.ts';
import { channelsOf, type PutInChannel, postToAudience } from '../../usecases/post-to-audience.ts';
import { choosePeriod, type OpenYear } from '../../usecases/session.ts';
import { composeFor } from '../../usecases/write-digest.ts';
import { asShown } from '../as-shown.ts';
import { audienceNamed } from '../audience-named.ts';
import { digestText } from '../digest-text.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { period?: string; dryRun?: true; asShown?: string };

/** `planwatch digest AUDIENCE`: prints a digest and posts it, or brings it up to date, in its channels. */
export const digestCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('digest'))
    .description('Print a digest, and post it or bring it up to date in the channels it is for.')
    .argument('<audience>', 'a portfolio’s ref or name, “scrutiny” or “council”')
    .option('--period <period>', 'such as "2009/10 Q2"; the current quarter when left out')
    .option('--dry-run', 'print it, and post nothing')
    .option('--as-shown <date>', 'print what its channels were shown on a day, such as 2009-10-14')
    .action((words: string, options: Options) =>
      withCouncil(terminal, options, async (deps, open) => {
        if (options.asShown !== undefined) return printAsShown(terminal, deps, open, words, options);
        const { session: year, period } = await choosePeriod(deps, open, options.period);
        const audience = audienceNamed(year.settings, words);
        // What is printed may be passed on, so it is what a channel without clearance is told.
        const content = await composeFor(deps, year, { audience, cleared: false }, period);
        const channels: Told[] = options.dryRun
          ? (await channelsOf(deps, year, audience)).map((channel) => ({ channel, outcome: 'dry-run' }))
          : await postToAudience(deps, year, audience, period);
        const title = audienceTitle(year, audience);
        terminal.out(
          options.json
            ? JSON.stringify({ ...content, channels: channels.map(channelJson) }, null, 2)
            : [digestText(content), '', ...channels.map(channelText)].join('\n').trimEnd(),
        );
        if (channels.length > 0) return;
        const none = `No channel is connected to “${title}”. Send “connect” in the channel that it is for.`;
        if (!options.dryRun) throw new Ended(exitCodes.fault, `Nothing was posted. ${none}`);
        terminal.err(none);
      }),
    );

async function printAsShown(
  terminal: Terminal,
  deps: Deps,
  year: OpenYear,
  words: string,
  { asShown: day = '', json }: Options,
): Promise<void> {
  const date = parseDate(day);
  if (!date.ok) throw new Ended(exitCodes.usage, `${date.sentence} Or write it like 2009-10-14.`);
  const audience = audienceNamed(year.settings, words);
  const channels = await channelsOf(deps, year, audience);
  if (channels.length === 0) {
    throw new Ended(exitCodes.fault, `No channel is connected to “${audienceTitle(year, audience)}”.`);
  }
  const found = await asShown(deps, year, channels, date.value);
  terminal.out(json ? JSON.stringify(found.json, null, 2) : found.text);
}

type Told = { channel: Channel; outcome: PutInChannel['outcome'] | 'dry-run' };

const sentences: Record<Told['outcome'], string> = {
  posting: 'will be posted as soon as the bot runs',
  updating: 'the post there will be brought up to date as soon as the bot runs',
  unchanged: 'the post there says this already, so it is left as it is',
  'in-doubt':
    'not posted, because an earlier post may be there already. Look there, and send “digest” there if it is not',
  'dry-run': 'connected; nothing was posted, because of --dry-run',
};

const nameOf = ({ name, conversationId }: Channel): string => name || conversationId;

const channelText = ({ channel, outcome }: Told): string =>
  `Channel ${nameOf(channel)}${channel.cleared ? ' (cleared for exempt plans)' : ''}: ${sentences[outcome]}.`;

const channelJson = ({ channel, outcome }: Told) => ({
  name: nameOf(channel),
  conversation: channel.conversationId,
  cleared: channel.cleared,
  outcome,
});
