/** Has a sense collapsed: does whatever it shows get nearly the same embedding (multimodal.md 10)? */
import { tokenStd } from './collapse.ts';
import type { Embedded } from './retrieval.ts';
import { unitRows } from './unitRows.ts';

/** Unit vectors of E numbers spread by 1 / sqrt(E) at most: an alarm below this share of it. */
export const LEAST_EMBEDDING_SPREAD = 0.01;

/**
 * Mean over numbers of the standard deviation over samples, of unit vectors, as a share of 1 / sqrt(E), which is the most: 0 where all
 * are the same. NaN for fewer than two samples.
 */
export function embeddingSpread({ rows, d, present }: Embedded): number {
  const there = Array.from({ length: rows.length / d }, (_, i) => i).filter((i) => present?.[i] !== 0);
  if (there.length < 2) return Number.NaN;
  const own = new Float32Array(there.length * d);
  for (const [at, i] of there.entries()) own.set(rows.subarray(i * d, (i + 1) * d), at * d);
  return tokenStd(unitRows(own, d), d) * Math.sqrt(d);
}

/** The verdict on the embeddings of every sense, and a sentence that says why. @param spreads by the name of the sense */
export function judgeEmbeddings(spreads: Readonly<Record<string, number>>): {
  verdict: 'healthy' | 'collapsed';
  message: string;
} {
  const all = Object.entries(spreads);
  const shown = (value: number): string => value.toPrecision(2);
  // Not below: numbers that are none are no good either.
  const [worst] = all.filter(([, spread]) => !(spread >= LEAST_EMBEDDING_SPREAD));
  if (worst !== undefined) {
    const [sense, spread] = worst;
    return {
      verdict: 'collapsed',
      message: `Collapsed: every ${sense} gets nearly the same embedding (spread ${shown(spread)} of the most that is possible, alarm below ${LEAST_EMBEDDING_SPREAD}).`,
    };
  }
  const said = all.map(([sense, spread]) => `${sense} ${shown(spread)}`).join(', ');
  return {
    verdict: 'healthy',
    message: `Healthy: embeddings differ from sample to sample (spread of the most possible: ${said}).`,
  };
}
