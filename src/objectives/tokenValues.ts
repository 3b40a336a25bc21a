/** Words or numbers: what the tokens of a batch are. */
import { invariant } from '../base/invariant.ts';
import type { PatchBatch } from './objective.ts';

/** (count, patches, patchLength) of tokens that are numbers. */
export function numbersOf({ values }: Pick<PatchBatch, 'values'>): Float32Array {
  invariant(values instanceof Float32Array, 'these tokens are words, not numbers');
  return values;
}

/** (count, patches) of tokens that are words. */
export function idsOf({ values }: Pick<PatchBatch, 'values'>): Int32Array {
  invariant(values instanceof Int32Array, 'these tokens are numbers, not words');
  return values;
}
