/** Costs as people read them. */
import type { Cost } from '../../trainer/study/plan.ts';
import { formatClock, formatNumber } from '../format.ts';

/** "12.4 s, 310 GFLOP"; from a minute on a clock, from a thousand on the next unit. */
export function formatCost({ seconds, gflop }: Cost): string {
  return `${formatSeconds(seconds)}, ${formatGflop(gflop)}`;
}

export function formatSeconds(seconds: number): string {
  return seconds >= 60 ? `${formatClock(seconds)} min` : `${seconds < 0.1 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
}

export function formatGflop(gflop: number): string {
  const units = ['GFLOP', 'TFLOP', 'PFLOP'];
  let value = gflop;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatNumber(value)} ${units[unit]}`;
}
