import { daysInWords } from '../domain/cover.ts';
import type { Notice } from '../domain/notice.ts';
import type { OpenYear } from '../usecases/session.ts';
import type { NoticeCard } from '../worker/send-notice.ts';
import { button } from './cards/button.ts';
import { type MessageView, messageCard } from './cards/message.ts';
import { type FeatureDeps, footOf } from './features/at-work.ts';

/** What someone is told because of what another person did. */
export const noticePost =
  (deps: FeatureDeps): NoticeCard =>
  (notice, year) =>
    messageCard({ ...footOf(deps, year), asAt: null, ...words(notice, year) });

const toUpdates = [button('My updates', 'my-updates')];
const toChoices = [button('Reminders and cover', 'reminders', {}, { style: 'positive' })];

function words(notice: Notice, { nameOf }: OpenYear): Pick<MessageView, 'title' | 'sentences' | 'buttons'> {
  const { from, to } = notice;
  const days = `${from === to ? 'On' : 'From'} ${daysInWords(notice)}`;
  switch (notice.about) {
    case 'stands-in': {
      const who = nameOf(notice.of);
      const by = notice.by === notice.of ? '' : `${nameOf(notice.by)} has set this up. `;
      return {
        title: `You stand in for ${who}`,
        sentences: [
          `${by}${days} I ask you for ${who}’s updates, and you can give them.`,
          `If you can’t, tell ${nameOf(notice.by)}. If you are away yourself, send “reminders” to say who covers for you.`,
        ],
        buttons: toUpdates,
      };
    }
    case 'stands-in-no-more':
      return {
        title: `You don’t stand in for ${nameOf(notice.of)} any more`,
        sentences: [
          `${nameOf(notice.by)} ended your cover (${daysInWords(notice)}). I don’t ask you for these updates any more.`,
        ],
        buttons: toUpdates,
      };
    case 'covered':
      return {
        title: `${nameOf(notice.deputy)} stands in for you`,
        sentences: [
          `${nameOf(notice.by)} has set this up. ${days} I ask ${nameOf(notice.deputy)} for your updates.`,
          'You can still give them too. Press the button to change or end the cover.',
        ],
        buttons: toChoices,
      };
    case 'covered-no-more':
      return {
        title: 'Nobody stands in for you any more',
        sentences: [
          `${nameOf(notice.by)} ended ${nameOf(notice.deputy)}’s cover (${daysInWords(notice)}). I ask you for your updates again.`,
        ],
        buttons: toChoices,
      };
    case 'deputy-away':
      return {
        title: `${nameOf(notice.of)}, who stands in for you, is away too`,
        sentences: [`${days} nobody gives your updates unless you name someone else or give them yourself.`],
        buttons: toChoices,
      };
  }
}
