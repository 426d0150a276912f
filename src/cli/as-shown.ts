import type { Channel } from '../domain/channel.ts';
import type { DigestContent } from '../domain/compose-digest.ts';
import { longDate } from '../domain/days.ts';
import { clockTime, dateAt } from '../domain/local-time.ts';
import { plural } from '../domain/words.ts';
import type { Deps } from '../usecases/deps.ts';
import { printSeen, type Showing, shownOn } from '../usecases/see-shown.ts';
import type { OpenYear } from '../usecases/session.ts';
import { digestText } from './digest-text.ts';

/** One thing that a channel was shown, whole. */
type Shown = { showing: Showing; content: DigestContent; withheld: number };

/** What channels were shown on a day. `json` is the same for programs. */
export type AsShown = { text: string; json: object; isEmpty: boolean };

/** What an audience's channels were shown on a day, every page of it, as a channel without clearance may see it. */
export async function asShown(
  deps: Deps,
  year: OpenYear,
  channels: readonly Channel[],
  date: string,
): Promise<AsShown> {
  const { timeZone } = year.settings;
  const when = (at: string) => `${longDate(dateAt(at, timeZone))}, ${clockTime(at, timeZone)}`;
  const texts: string[] = [];
  const json: object[] = [];
  let isEmpty = true;
  for (const channel of channels) {
    const { showings, others } = await shownOn(deps, year, channel, date);
    const all = await Promise.all([...showings, ...others].map((showing) => wholeOf(deps, year, showing)));
    const name = channel.name || channel.conversationId;
    if (all.length > 0) isEmpty = false;
    if (all.length === 0) texts.push(`Nothing had been posted in channel ${name} by ${longDate(date)}.`);
    for (const { showing, content, withheld } of all) {
      const until = showing.until ? `to ${when(showing.until)}` : 'until now';
      texts.push(`Channel ${name}, as shown from ${when(showing.data.from)} ${until}`);
      if (withheld > 0) texts.push(`${plural(withheld, 'plan')} that may not be printed now left out.`);
      texts.push(digestText(content), '');
    }
    json.push({ name, conversation: channel.conversationId, shown: all.map(shownJson) });
  }
  return { text: texts.join('\n').trimEnd(), json: { date, channels: json }, isEmpty };
}

const shownJson = ({ showing, content, withheld }: Shown) => ({
  from: showing.data.from,
  until: showing.until,
  final: showing.data.final,
  withheld,
  content,
});

async function wholeOf(deps: Deps, year: OpenYear, showing: Showing): Promise<Shown> {
  const first = await printSeen(deps, year, showing, 1);
  const content = { ...first.content, page: 1, pages: 1 };
  for (let page = 2; page <= showing.data.pages; page++) {
    const { groups, atRisk, missing } = (await printSeen(deps, year, showing, page)).content;
    content.groups = [...content.groups, ...groups];
    content.atRisk = [...content.atRisk, ...atRisk];
    content.missing = [...content.missing, ...missing];
  }
  return { showing, content, withheld: first.withheld };
}
