/** Numbers as people read them. Every number on the page goes through here, so that a unit is never missing. */
import { METRICS, type MetricName } from '../config/metrics.ts';
import { formatCount, formatNumber, formatPercent } from '../config/sayNumber.ts';

export { formatCount, formatMegabytes, formatMilliseconds, formatNumber, formatPercent } from '../config/sayNumber.ts';

/** A metric's value: shares in percent, other numbers with three digits that count: "0.979", "12.4", "340". */
export function formatMetric(metric: MetricName, value: number, percentDigits = 1): string {
  if (METRICS[metric].kind === 'share') return formatPercent(value, percentDigits);
  return formatNumber(value);
}

/** Bytes in the unit that leaves at most four digits: "212 MB", "1.4 GB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds as a clock: "0:05", "12:40", "1:02:03". */
export function formatClock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––';
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Three significant digits for a rate: "5,100", "862", "41.5". */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–';
  if (perSecond >= 100) return formatCount(Number(perSecond.toPrecision(3)));
  return perSecond.toPrecision(3);
}

/** Parameters: "0.8 M", "212 k". */
export function formatParameters(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)} M`;
  return count >= 1e3 ? `${Math.round(count / 1e3)} k` : String(count);
}

/** "1 picture", "5,000 pictures". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A setting's value without rounding noise: 0.15000000000000002 -> "0.15", 0.00001 -> "0.00001". */
export function formatSetting(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) > 0 && Math.abs(rounded) < 1e-4 ? rounded.toFixed(8).replace(/0+$/, '') : String(rounded);
}

/** "row 2, column 3" of a cell in raster order, counted from 1. */
export function formatCell(cell: number, columns: number): string {
  return `row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`;
}

/** "Your photo": a sentence begins with it. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
