import { formatFigure } from '../../src/domain/figures.ts';
import type { Unit } from '../../src/domain/kpi.ts';

describe('a figure as people read it', () => {
  const shown: [string, Unit, number, string][] = [
    ['91.24', 'percent', 1, '91.2%'],
    ['95', 'percent', 1, '95%'],
    ['97.93', 'percent', 0, '98%'],
    ['97.96', 'percent', 1, '98.0%'],
    ['115.43', 'percent', 1, '115.4%'],
    ['1234', 'number', 0, '1,234'],
    ['1234.55', 'number', 1, '1,234.6'],
    ['-0.04', 'number', 1, '0.0'],
    ['3200000', 'gbp', 0, '£3,200,000'],
    ['3.5', 'gbp', 2, '£3.50'],
    ['-450.5', 'gbp', 2, '-£450.50'],
    ['4', 'days', 1, '4 days'],
    ['1', 'days', 1, '1 day'],
    ['4.5', 'hours', 1, '4.5 hours'],
    ['12.5', 'rate:1000', 1, '12.5 per 1,000'],
    ['3.2', 'ratio', 1, '3.2:1'],
    ['1', 'yes-no', 0, 'Yes'],
    ['0', 'yes-no', 0, 'No'],
    ['0.5', 'yes-no', 1, '0.5'],
  ];
  test.each(shown)('%s in %s to %i places is %s', (value, unit, decimals, text) => {
    expect(formatFigure(value, unit, decimals)).toBe(text);
  });
});
