/** Samples with several members, as the objectives read them that learn from more than one sense. */
import { zerosLike } from '../base/zerosLike.ts';
import { SENSES, type Sense } from '../config/modalities/names.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { memberTokens, type SenseSpec } from '../model/senses.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encoderSpec } from './encoder.ts';
import type { Choosable, Members, PatchBatch } from './objective.ts';
import { tokenTensors } from './tokenValues.ts';

/** One encoder for each member, as the model settings describe them: no class token, fixed positions. */
export function senseSpecs(config: RunConfig, { members = [] }: Tokens, differing: Partial<ModelSpec> = {}): SenseSpec<Sense>[] {
  return members.map((tokens) => ({
    name: senseOf(tokens),
    spec: encoderSpec(config, tokens, { classToken: false, ...differing }),
  }));
}

function senseOf({ modality }: Tokens): Sense {
  const sense = SENSES.find((name) => name === modality);
  if (sense === undefined) throw new Error(`no sense is called ${modality}`);
  return sense;
}

/**
 * The tokens of some senses as tensors.
 *
 * @param specs of all senses
 * @param prefix before their names: a task may hold two batches
 */
export function memberTensors(
  batch: PatchBatch,
  specs: readonly SenseSpec<Sense>[],
  subset: readonly Sense[],
  prefix = '',
): Record<string, HostTensor> {
  const shown = specs.filter(({ name }) => subset.includes(name));
  const tensors = shown.map(({ name, spec }) => {
    const { values, count, patches, patchLength } = memberOf(batch, name);
    const tokens = { data: values, shape: [count, patches, patchLength] };
    return tokenTensors(`${prefix}${memberTokens(name)}`, tokens, spec);
  });
  return Object.assign({}, ...tensors);
}

export function memberOf({ members }: PatchBatch, sense: Sense): PatchBatch {
  const member = members?.[sense];
  if (member === undefined) throw new Error(`the samples have no ${sense}`);
  return member;
}

/** (senses, B): 1 where a sample has a sense. */
export function presentTensor(batch: PatchBatch, subset: readonly Sense[]): HostTensor {
  const data = new Float32Array(subset.length * batch.count).fill(1);
  for (const [k, sense] of subset.entries()) {
    const { present } = memberOf(batch, sense);
    if (present !== undefined) data.set(present, k * batch.count);
  }
  return { data, shape: [subset.length, batch.count] };
}

/** Samples of a batch, by index: with all their members. */
export function takeSamples(batch: PatchBatch, indices: readonly number[]): PatchBatch {
  const { members = {}, labels, present } = batch;
  const length = batch.values.length / batch.count;
  const values = zerosLike(batch.values, indices.length * length);
  for (const [k, i] of indices.entries()) values.set(batch.values.subarray(i * length, (i + 1) * length), k * length);
  const taken = Object.entries(members).map(([sense, member]) => [sense, takeSamples(member, indices)]);
  return {
    ...batch,
    values,
    count: indices.length,
    ...(labels && { labels: Uint16Array.from(indices, (i) => labels[i]) }),
    ...(present && { present: Uint8Array.from(indices, (i) => present[i]) }),
    ...(batch.members && { members: Object.fromEntries(taken) as Members }),
  };
}

/** Samples that have at least so many of some senses, by index. */
export function withSenses({ count, present = {} }: Choosable, subset: readonly Sense[], fewest: number): number[] {
  return Array.from({ length: count }, (_, i) => i).filter(
    (i) => subset.filter((sense) => present[sense]?.[i] !== 0).length >= fewest,
  );
}
