import { deliver } from '../../src/usecases/outbox.ts';
import { kentTenant } from '../support/kent.ts';
import { openPosting, type Posting } from '../support/posting.ts';

let posting: Posting;
beforeEach(async () => {
  posting = await openPosting();
});
afterEach(() => posting.close());

const council = { tenant: kentTenant, year: null };

test('a notice that waits for someone who left the chat meanwhile is not sent; to others it is', async () => {
  const { kent } = posting;
  const session = await kent.as('Priya Raman');
  const { person } = session.actor;
  const serviceUrl = 'http://127.0.0.1/';
  const stored = (await kent.store.read(council, 'person', person.id))!;
  const here = { ...person, conversation: { id: 'here', serviceUrl } };
  const { id, version } = stored;
  const notice = { about: 'deputy-away', of: id, from: '2009-10-19', to: '2009-10-23' } as const;
  const to = (chat: string) =>
    deliver(kent.deps, session, { id: chat, serviceUrl }, { kind: 'notice', notice });
  await kent.store.write(council, [
    { change: 'replace', kind: 'person', id, version, data: here },
    to('here'),
    to('left'),
  ]);
  await posting.deliver();
  expect(posting.shown.map((each) => each.to)).toEqual(['here']);
  const notices = (await kent.store.list(council, 'delivery')).filter(
    ({ data }) => data.message.kind === 'notice',
  );
  const states = notices.map(({ data }) => [data.conversation.id, data.state]);
  expect(states.sort()).toEqual([
    ['here', 'sent'],
    ['left', 'dead'],
  ]);
});
