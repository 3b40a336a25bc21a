/** What pictures are normalised by. */
import type { Statistics } from '../data/learnedStatistics.ts';
import type { HomeModel } from './part.ts';

/** Where a file does not say: the middle of all values, and a quarter of them. */
const UNKNOWN = { mean: 127.5, deviation: 63.75 } as const;

/** @returns `known`: whether the file says so; very old ones do not */
export function statisticsOf({ info, subject }: Pick<HomeModel, 'info' | 'subject'>): Statistics & { known: boolean } {
  const { mean, deviation } = info;
  if (mean !== undefined && deviation !== undefined) return { mean: [...mean], deviation: [...deviation], known: true };
  const channels = subject.tokens.layout.at(-1) ?? 1;
  const all = (value: number) => new Array<number>(channels).fill(value);
  return { mean: all(UNKNOWN.mean), deviation: all(UNKNOWN.deviation), known: false };
}
