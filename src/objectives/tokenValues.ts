/** Words or numbers: what the tokens of a batch are, and how they reach the model. */
import { invariant } from '../base/invariant.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { sortedName } from '../model/stem.ts';
import { sortWords } from '../ops/sortedWords.ts';
import type { PatchBatch } from './objective.ts';

export { sortedName };

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

/** A task's tokens (samples, slots, patchLength) by name; words with `sortWords` of theirs beside them. */
export function tokenTensors(
  name: string,
  tokens: HostTensor,
  { vocabulary }: { vocabulary?: number | undefined },
): Readonly<Record<string, HostTensor>> {
  if (vocabulary === undefined) return { [name]: tokens };
  const sorted = sortWords(idsOf({ values: tokens.data }), vocabulary);
  return { [name]: tokens, [sortedName(name)]: { data: sorted, shape: [sorted.length] } };
}
