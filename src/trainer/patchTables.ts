/** Tables of patches that targets are made with, learned once from training samples as a run's seed has it. */
import { Random } from '../base/random.ts';
import { sampleOf } from '../data/sample.ts';
import type { Samples } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { kMeans } from '../metrics/kMeans.ts';
import { principalComponents } from '../metrics/principal.ts';
import type { CodeBook, PatchTables, Principal } from '../objectives/patchTables.ts';
import { numbersOf } from '../objectives/tokenValues.ts';

const ROUNDS = 10;
/** Multiply-adds of a round: all rounds take half a second or so. */
const WORK = 4e7;
/** Patches for each entry of a code book, whatever it takes. */
const FEWEST = 4;
/** Patches that tables are learned from, at most. */
const PATCHES = 8192;
/** Of the covariance of patches, which takes half a square of their length for each. */
const COVARIANCE_WORK = 1e9;
/** Samples that patches are drawn from. */
const SAMPLES = 2048;

/** @param train samples, whose patches are not augmented */
export function patchTables(tokenizer: Tokenizer, train: Samples, seed: number): PatchTables {
  const { count: n, length } = tokenizer.tokens;
  const draw = (count: number): Float32Array => {
    const samples = sampleOf(train, Math.min(SAMPLES, Math.max(64, Math.ceil((4 * count) / n))));
    const all = numbersOf(tokenizer.cut(train, samples));
    const chosen = new Random(seed, 'patches').permutation(all.length / length).subarray(0, count);
    const rows = new Float32Array(chosen.length * length);
    for (const [row, patch] of chosen.entries()) rows.set(all.subarray(patch * length, (patch + 1) * length), row * length);
    return rows;
  };
  const books = new Map<number, CodeBook>();
  const principals = new Map<number, Principal>();
  return {
    codeBook: (size) =>
      remembered(books, size, () => {
        const rows = draw(Math.max(FEWEST * size, Math.min(PATCHES, Math.floor(WORK / (size * length)))));
        return kMeans(rows, length, size, ROUNDS, new Random(seed, 'code book'));
      }),
    principal: (count) =>
      remembered(principals, count, () =>
        principalComponents(draw(Math.min(PATCHES, Math.floor((2 * COVARIANCE_WORK) / length ** 2))), length, count),
      ),
  };
}

function remembered<T>(known: Map<number, T>, key: number, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
