import fc from 'fast-check';
import { coverFaults } from '../../src/domain/cover.ts';
import { addDays } from '../../src/domain/days.ts';
import { openSession } from '../../src/usecases/session.ts';
import { endCover, setCover } from '../../src/usecases/set-cover.ts';
import { person } from '../support/bot.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
beforeEach(async () => {
  council = await openSmallCouncil(['ann', 'bob', 'cat']);
  council.setNow('2009-05-01T09:30:00Z');
});
afterEach(() => council.close());

const register = { tenant, year: null };
const at = async (id: string) =>
  openSession(council.deps, tenant, (await council.deps.store.read(register, 'person', id))!.data, 'test');
const days = { from: '2009-05-11', to: '2009-05-15' };
const told = async () =>
  (await council.deliveries()).flatMap(({ data: { message, conversation } }) =>
    message.kind === 'notice' ? [`${conversation.id} ${message.notice.about}`] : [],
  );

test('two who name each other at the very same moment are never both away', async () => {
  const [ann, bob] = [await at('ann'), await at('bob')];
  const results = await Promise.all([
    setCover(council.deps, ann, {}, { ...days, deputy: 'bob' }),
    setCover(council.deps, bob, {}, { ...days, deputy: 'ann' }),
  ]);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['faulty', 'kept']);
  expect(await told()).toHaveLength(1);
});

test('the same sent many times at once is kept once and told once', async () => {
  const ann = await at('ann');
  const send = () => setCover(council.deps, ann, {}, { ...days, deputy: 'bob' });
  const results = await Promise.all([send(), send(), send(), send()]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'kept', 'kept']);
  expect(await told()).toEqual(['chat-bob stands-in']);
});

test('a change and an end tell the one who stood in, unless their days are over', async () => {
  const ann = await at('ann');
  await setCover(council.deps, ann, {}, { ...days, deputy: 'bob' });
  await setCover(council.deps, ann, {}, { ...days, deputy: 'cat' });
  expect(await told()).toEqual(['chat-bob stands-in', 'chat-bob stands-in-no-more', 'chat-cat stands-in']);
  council.setNow('2009-05-16T09:30:00Z');
  await endCover(council.deps, await at('ann'), {});
  expect(await told()).toHaveLength(3);
});

const day = fc.integer({ min: -40, max: 500 }).map((days) => addDays('2009-10-14', days));
const absence = fc.option(fc.record({ person: fc.constant('zoe'), from: day, to: day }), { nil: null });

test('whatever days are given, a cover that is accepted is in order, to come, short enough and by someone who is there', () => {
  fc.assert(
    fc.property(absence, absence, day, day, (mine, theirs, from, to) => {
      const ann = person('ann', { deputy: mine });
      const bob = person('bob', { deputy: theirs });
      const faults = coverFaults(ann, bob, from, to, '2009-10-14');
      const keepsFirstDay = mine !== null && mine.to >= '2009-10-14' && mine.from === from;
      const isFine =
        from <= to &&
        (from >= '2009-10-14' || keepsFirstDay) &&
        to >= '2009-10-14' &&
        Date.parse(to) - Date.parse(from) <= 366 * 86_400_000 &&
        (theirs === null || theirs.to < from || to < theirs.from);
      expect(Object.keys(faults).length === 0).toBe(isFine);
    }),
    { numRuns: 2000 },
  );
});
