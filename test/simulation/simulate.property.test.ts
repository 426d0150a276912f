import { join } from 'node:path';
import fc from 'fast-check';
import type { CalendarSettings } from '../../src/domain/council.ts';
import { isDayOff } from '../../src/domain/days-off.ts';
import { dateAt, hourAt } from '../../src/domain/local-time.ts';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { createLog } from '../../src/log.ts';
import type { SentMessage } from '../../src/simulation/record.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';

const folder = join(__dirname, '../../samples/kent-2009-10');

const calendars = fc.record({
  opensAfterDays: fc.integer({ min: 0, max: 5 }),
  dueAfterDays: fc.integer({ min: 10, max: 25 }),
  lockAfterDays: fc.integer({ min: 26, max: 70 }),
  remindBeforeDays: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
  chaseEveryDays: fc.integer({ min: 1, max: 14 }),
  tellHeadAfterDays: fc.integer({ min: 0, max: 14 }),
  bankHolidays: fc.constantFrom('england' as const, 'scotland' as const, 'none' as const),
  writeFromHour: fc.integer({ min: 6, max: 10 }),
});

test('whatever the calendar and the people: one message a day at most, on working days, for what is missing', async () => {
  const read = await readCouncilFolder(folder, '2026-11-21T09:00:00Z');
  if (!read.ok) throw new Error('the sample has faults');
  await fc.assert(
    fc.asyncProperty(calendars, fc.nat(), async (over, seed) => {
      const { settings } = read.data;
      const calendar: CalendarSettings = { ...settings.calendar, ...over };
      const council = { ...read.data, settings: { ...settings, calendar } };
      const store = openSqliteStore({ file: ':memory:' });
      const days = new Set<string>();
      const year = { tenant: settings.tenantId, year: settings.year };
      // Kept and looked at afterwards: what is thrown here would be the connector's own failure.
      const wrong: string[] = [];
      const heard = async (at: string, message: SentMessage) => {
        if (message.kind !== 'cycle') return;
        const date = dateAt(at, settings.timeZone);
        const day = `${message.person} ${date}`;
        if (days.has(day)) wrong.push(`twice: ${day}`);
        days.add(day);
        if (isDayOff(date, calendar)) wrong.push(`on a day off: ${day}`);
        if (hourAt(at, settings.timeZone) < calendar.writeFromHour) wrong.push(`too early: ${at}`);
        for (const { item } of message.entries) {
          const given = await store.read(year, 'kpi-update', item.slice('kpi/'.length));
          if (item.startsWith('kpi/') && given) wrong.push(`given already: ${item} on ${day}`);
        }
      };
      const run = {
        store,
        council,
        seed,
        heard,
        log: createLog('silent'),
        from: '2009-06-29',
        to: '2009-08-07',
      };
      const { totals } = await simulate(run);
      await store.close();
      expect(wrong).toEqual([]);
      expect(totals.messages).toBe(days.size);
      expect(totals.asked).toBeGreaterThan(0);
      expect(totals.given).toBeGreaterThan(0);
    }),
    { numRuns: 4 },
  );
}, 120_000);
