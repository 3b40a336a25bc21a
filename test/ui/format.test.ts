import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCell,
  formatClock,
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatParameters,
  formatPercent,
  formatRate,
  formatSetting,
  plural,
} from '../../src/ui/format.ts';

describe('numbers for people', () => {
  it.each([
    [formatCount(1240), '1,240'],
    [formatPercent(0.4213), '42.1 %'],
    [formatPercent(1 / 16, 0), '6 %'],
    [formatPercent(Number.NaN), '–'],
    [formatNumber(0.9794), '0.979'],
    [formatNumber(12.44), '12.4'],
    [formatNumber(0.00155), '0.0015'],
    [formatNumber(-0.003), '-0.0030'],
    [formatNumber(0), '0.000'],
    [formatBytes(0), '0 B'],
    [formatBytes(999), '999 B'],
    [formatBytes(1000), '1.0 KB'],
    [formatBytes(212 * 2 ** 20), '212 MB'],
    [formatBytes(512 * 2 ** 20), '512 MB'],
    [formatBytes(1024 * 2 ** 20), '1.0 GB'],
    [formatClock(5.4), '0:05'],
    [formatClock(59.6), '1:00'],
    [formatClock(3723), '1:02:03'],
    [formatClock(Number.POSITIVE_INFINITY), '–:––'],
    [formatMilliseconds(12.44), '12.4 ms'],
    [formatMilliseconds(148.2), '148 ms'],
    [formatMilliseconds(1480), '1.48 s'],
    [formatRate(5123), '5,120'],
    [formatRate(41.52), '41.5'],
    [formatRate(Number.NaN), '–'],
    [formatParameters(812_345), '812 k'],
    [formatParameters(2_700_000), '2.7 M'],
    [plural(1, 'picture'), '1 picture'],
    [plural(5000, 'class', 'classes'), '5,000 classes'],
    [formatCell(6, 4), 'row 2, column 3'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });

  it('shows settings without rounding noise and without exponents', () => {
    expect(formatSetting(0.1 + 0.05)).toBe('0.15');
    expect(formatSetting(0.00001)).toBe('0.00001');
    expect(formatSetting(3000)).toBe('3000');
    expect(formatSetting(0)).toBe('0');
  });
});
