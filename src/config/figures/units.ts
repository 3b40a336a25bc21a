/** What the numbers of a card are, and how they are said: the same in its charts, its table, its rules and their verdicts. */
import { formatMegabytes, formatMilliseconds, formatNumber, formatPercent } from '../sayNumber.ts';

/** A share is shown in percent. */
export type CardUnit = 'share' | 'milliseconds' | 'megabytes' | 'number';

export function formatUnit(unit: CardUnit, value: number): string {
  if (unit === 'milliseconds') return formatMilliseconds(value);
  if (unit === 'megabytes') return formatMegabytes(value);
  return unit === 'share' ? formatPercent(value) : formatNumber(value);
}

/** "31.1 ± 0.2 %": a standard deviation has the unit and the digits of its mean. */
export function formatSpread(unit: CardUnit, mean: number, deviation: number): string {
  const said = formatUnit(unit, mean);
  const [, number = '', name = ''] = /^(\S+)( .+)?$/.exec(said) ?? [];
  const digits = (number.split('.')[1] ?? '').length;
  const per = unit === 'share' ? 100 : name === ' s' ? 0.001 : 1;
  return `${number} ± ${(per * deviation).toFixed(digits)}${name}`;
}

/** A distance between two values: of shares in points. */
export function formatDifference(unit: CardUnit, value: number): string {
  return unit === 'share' ? `${(100 * value).toFixed(1)} points` : formatUnit(unit, value);
}

/** A limit that somebody wrote down: "20 %", without digits that it does not have. */
export function formatLimit(unit: CardUnit, value: number): string {
  return unit === 'share' ? `${Number((100 * value).toPrecision(6))} %` : String(value);
}
