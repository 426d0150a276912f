import { dateAt } from '../../src/domain/local-time.ts';
import { changePlayground, openClock } from '../../src/playground/clock.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
beforeAll(async () => {
  kent = await openKent();
});
afterAll(() => kent.close());

describe('the playground’s clock', () => {
  const london = 'Europe/London';

  test.each(['2026-11-21T00:00:00Z', '2026-11-21T22:59:00Z', '2026-11-21T23:30:00Z', '2026-07-01T23:30:00Z'])(
    'stands on the sample’s date whatever the time of day is: %s',
    async (wall) => {
      const clock = await openClock(kent.store, () => wall);
      expect(dateAt(clock.now(kentTenant), london)).toBe('2009-10-14');
    },
  );

  test('moves to the date that was set, and is there again after a start', async () => {
    const wall = () => '2026-11-21T09:15:00Z';
    const clock = await openClock(kent.store, wall);
    await changePlayground(kent.store, kentTenant, (now) => ({ ...now, date: '2010-01-15' }));
    await clock.reload(kentTenant);
    expect(clock.now(kentTenant)).toBe('2010-01-15T09:15:00Z');
    expect((await openClock(kent.store, wall)).now(kentTenant)).toBe('2010-01-15T09:15:00Z');
  });

  test('is the machine’s for a council that is not there', async () => {
    const clock = await openClock(kent.store, () => '2026-11-21T09:15:00Z');
    expect(clock.now('nobody')).toBe('2026-11-21T09:15:00Z');
  });
});
