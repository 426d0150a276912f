import { replay } from '../../src/cli/replay.ts';
import { replayTable } from '../../src/cli/replay-table.ts';
import { aKpi, rate } from './examples.ts';

const { rows, differences, summaries, slips } = replay('data/published');
const row = (number: string) => rows.find((one) => one.row === number)!;
const sure = rows.filter((one) => one.sure);

describe('figures that councils published, rated again', () => {
  it('covers every row, and nothing comes out otherwise than printed', () => {
    expect(rows).toHaveLength(41);
    expect(sure).toHaveLength(28);
    expect(differences).toEqual([]);
  });

  it.each(sure.map((one) => [one.row, one.indicator, one.printedRating, one] as const))(
    'row %s, %s, was printed %s',
    (_row, _indicator, printed, one) => {
      expect(one.rating).toBe(printed);
      if (one.printedTrend !== null) expect(one.trend).toBe(one.printedTrend);
    },
  );

  it('replays the printed direction of travel where there is one', () => {
    expect(sure.filter(({ printedTrend }) => printedTrend !== null)).toHaveLength(18);
  });

  it('carries the two rows that break Bracknell Forest’s printed rule as tolerances of their own', () => {
    expect(sure.filter(({ ownRule }) => ownRule !== null).map((one) => one.row)).toEqual(['4', '7']);
    const bracknell = { method: 'relative', greenWithin: '5', amberWithin: '10' } as const;
    expect(rate('43', aKpi({ target: '50' }), bracknell)).toBe('red');
    expect(rate('222', aKpi({ target: '258' }), bracknell)).toBe('red');
  });

  it('says of targets in words that they are not rated', () => {
    const words = rows.filter(({ because }) => because.includes('is not a number'));
    expect(words.map((one) => one.row)).toEqual(['129', '130', '131', '134', '135']);
    expect(words.every(({ rating }) => rating === 'not-rated')).toBe(true);
    expect(row('135').because).toBe(
      'not rated, because the target “Top quartile metropolitan authorities” is not a number',
    );
  });

  it('rates rows whose printed bands have gaps by their target and lowest figure', () => {
    expect(row('136')).toMatchObject({ rating: 'amber', because: '9% against a target of 10%; floor 5%' });
    expect(row('139')).toMatchObject({ rating: 'red', because: '1,312 against a target of 0; floor 50' });
    expect(row('140')).toMatchObject({ rating: 'green', trend: 'same' });
  });
});

describe('published summaries', () => {
  it('reconcile but for the slips that the councils printed', () => {
    expect(summaries).toHaveLength(17);
    expect(slips.map(({ source, period, sentence }) => [source, period, sentence])).toEqual([
      ['KCC mgAi ID=66160', 'Q1 2024/25', '17 + 14 + 8 = 39 of 40: 1 not accounted for'],
      ['KCC mgAi ID=63182', 'first dashboard 2023/24', '9 + 4 + 5 = 18 of 19: 1 not accounted for'],
      ['Dover vdocuments.net', 'Q2 2013/14', '12 of 42 red is 29%, printed as 28%'],
      ['Dover mgAi ID=10131', 'Q1 2017/18', '3 of 35 red is 9%, printed as 8%'],
    ]);
  });
});

test('the table prints every row, the verdict and the slips', () => {
  const table = replayTable({ rows, differences, summaries, slips });
  for (const { row: number } of rows) expect(table).toMatch(new RegExp(`^ +${number}  `, 'm'));
  expect(table).toContain('41 published rows, 28 with a rating printed as a word: 28 agree, 0 differ.');
  expect(table).toContain('17 published summaries, 4 slips in them:');
});

test('a row that came out otherwise would be listed', () => {
  const wrong = { ...row('3'), rating: 'green' as const };
  expect(replayTable({ rows, differences: [wrong], summaries, slips })).toContain(
    'row 3: ✔ Green (printed Red)',
  );
});
