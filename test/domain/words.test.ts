import { kpiRatings, type RatingRule } from '../../src/domain/kpi.ts';
import { milestoneRatings } from '../../src/domain/project.ts';
import { planStatuses } from '../../src/domain/report.ts';
import {
  countsInWords,
  milestoneWords,
  ratingWords,
  statusWords,
  trendWords,
} from '../../src/domain/words.ts';

const rule = (changes: Partial<RatingRule>): RatingRule => ({
  ruleVersion: 1,
  kind: 'target',
  method: 'floor',
  polarity: 'higher',
  target: '95',
  targetText: '95',
  floor: '90',
  greenWithin: '0',
  amberWithin: '0',
  rangeLow: null,
  rangeHigh: null,
  lastYear: null,
  ...changes,
});

describe('a rating is a word and a symbol, and says which line was met', () => {
  test('by a floor standard', () => {
    expect(ratingWords('green', rule({}), '95').text).toBe('✔ Green – target met');
    expect(ratingWords('amber', rule({}), '91.2').text).toBe('▲ Amber – floor met');
    expect(ratingWords('red', rule({}), '80').text).toBe('✖ Red – below floor');
    expect(ratingWords('red', rule({ polarity: 'lower', target: '5', floor: '8' }), '9').text).toBe(
      '✖ Red – worse than floor',
    );
    expect(ratingWords('red', rule({ floor: null }), '80').text).toBe('✖ Red – target missed');
  });

  test('by tolerance', () => {
    const tolerant = rule({ method: 'relative', floor: null, greenWithin: '5', amberWithin: '10' });
    expect(ratingWords('green', tolerant, '95').text).toBe('✔ Green – target met');
    expect(ratingWords('green', tolerant, '94').text).toBe('✔ Green – within tolerance');
    expect(ratingWords('amber', tolerant, '88').text).toBe('▲ Amber – within tolerance');
    expect(ratingWords('red', tolerant, '60').text).toBe('✖ Red – outside tolerance');
    expect(ratingWords('red', { ...tolerant, greenWithin: '0', amberWithin: '0' }, '60').text).toBe(
      '✖ Red – target missed',
    );
  });

  test('against the same period last year', () => {
    const improving = rule({ method: 'relative-or-improving', greenWithin: '10', lastYear: '70' });
    expect(ratingWords('amber', improving, '72').text).toBe('▲ Amber – no worse than last year');
    expect(ratingWords('red', improving, '60').text).toBe('✖ Red – worse than last year');
  });

  test('inside or outside a range', () => {
    const range = rule({
      method: 'relative',
      polarity: 'range',
      target: null,
      rangeLow: '10',
      rangeHigh: '20',
    });
    expect(ratingWords('green', range, '20').text).toBe('✔ Green – within range');
    expect(ratingWords('green', range, '20.5').text).toBe('✔ Green – within tolerance');
    expect(ratingWords('red', range, '25').text).toBe('✖ Red – outside range');
  });

  test('no two ratings, statuses or milestone ratings read the same', () => {
    for (const texts of [
      kpiRatings.map((rating) => ratingWords(rating).text),
      planStatuses.map((status) => statusWords[status].text),
      milestoneRatings.map((rating) => milestoneWords(rating).text),
    ]) {
      expect(new Set(texts).size).toBe(texts.length);
      for (const text of texts) expect(text).toMatch(/^\S [A-Z][a-z]/);
    }
  });
});

test('a trend says what it is compared with', () => {
  expect(trendWords('better', 'previous-period').text).toBe('↗ improving – since the previous period');
  expect(trendWords('worse', 'same-period-last-year').text).toBe(
    '↘ worsening – since the same period last year',
  );
  expect(trendWords('same').text).toBe('→ no change');
  expect(trendWords(null, 'previous-period').text).toBe('– nothing to compare with');
});

test('a late milestone says by how many days', () => {
  expect(milestoneWords('complete', 12).text).toBe('✔ Complete – 12 days late');
  expect(milestoneWords('complete').text).toBe('✔ Complete – on time');
  expect(milestoneWords('red', 1).text).toBe('✖ Red – 1 day late');
});

test('counts leave out what is 0', () => {
  const none = {
    green: 0,
    amber: 0,
    red: 0,
    awaited: 0,
    overdue: 0,
    noData: 0,
    notRated: 0,
    notDue: 0,
    withinRange: 0,
    outOfRange: 0,
  };
  expect(countsInWords({ ...none, green: 4, red: 2, overdue: 1 })).toBe('2 Red, 4 Green, 1 overdue');
  expect(countsInWords(none)).toBe('no KPIs');
});
