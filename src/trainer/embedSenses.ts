/** Embeddings of samples by each of their senses, in the space that all senses share. */
import { joinFloats } from '../base/join.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Embedded } from '../metrics/retrieval.ts';
import type { SeparateSenses } from '../model/senses.ts';
import { memberTensors } from '../objectives/members.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import type { Run } from './run.ts';

export type EmbeddedSenses = ReadonlyMap<Sense, Embedded>;

/** @param names of the senses that the batch has; all of the run's when absent */
export async function embedSenses(
  run: Run,
  senses: SeparateSenses<Sense>,
  batch: PatchBatch,
  names: readonly Sense[] = senses.specs.map(({ name }) => name),
): Promise<EmbeddedSenses> {
  const task = { tensors: memberTensors(batch, senses.specs, names), sizes: {} };
  const rows = await run.forward(task, (weights, { tensors }) => names.map((name) => senses.project(weights, tensors, name)));
  return new Map(
    names.map((name, k) => {
      const present = batch.members?.[name]?.present;
      return [name, { rows: rows[k], d: rows[k].length / batch.count, ...(present === undefined ? {} : { present }) }];
    }),
  );
}

/** Embeddings of several batches as of one. */
export function joinEmbedded(parts: readonly EmbeddedSenses[]): EmbeddedSenses {
  const [first] = parts;
  return new Map(
    [...first.keys()].map((name) => {
      const own = parts.map((part) => part.get(name)).filter((one) => one !== undefined);
      const d = own[0]?.d ?? 0;
      const partly = own.some(({ present }) => present !== undefined);
      const present = own.flatMap(({ present, rows }) => Array.from({ length: rows.length / d }, (_, i) => present?.[i] ?? 1));
      return [
        name,
        { rows: joinFloats(own.map(({ rows }) => rows)), d, ...(partly ? { present: Uint8Array.from(present) } : {}) },
      ];
    }),
  );
}
