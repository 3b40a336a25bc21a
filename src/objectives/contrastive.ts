/**
 * Contrastive pretraining of several senses: the members of one sample are told from those of the others in the batch, by every pair of
 * senses, in both directions (InfoNCE; Akbari et al. 2021; multimodal.md 3).
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Sense } from '../config/modalities/names.ts';
import type { RunConfig } from '../config/run.ts';
import { type SeparateSenses, separateSenses } from '../model/senses.ts';
import { infoNce, type ModalityPair } from '../ops/infoNce.ts';
import { memberTensors, presentTensor, senseSpecs, withSenses } from './members.ts';
import type { Objective, Subject } from './objective.ts';
import { encoderForward } from './work.ts';

/** Second moments fade faster than in fine-tuning, slower than in painting (multimodal.md 4). */
const BETA2 = 0.98;
/** (B) 1 where a sample has a sense, for each sense. */
const PRESENT = 'present';

export function contrastive(config: RunConfig, { tokens }: Subject): Objective {
  const senses = contrastiveSenses(config, tokens);
  const names = senses.specs.map(({ name }) => name);
  const { temperature, pairs: which } = config.contrastive;
  const pairs = pairsOf(names, which);
  return {
    spec: senses.specs[0].spec,
    senses,
    parameters: senses.parameters,
    beta2: BETA2,
    work: () => workOf(config, senses, pairs.length),
    // One who shows a single sense has nothing to be brought together with.
    choose: (from) => withSenses(from, names, 2),
    draw: (batch) => ({
      tensors: { ...memberTensors(batch, senses.specs, names), [PRESENT]: presentTensor(batch, names) },
      sizes: {},
    }),
    loss(weights, { tensors }) {
      const z = names.map((name) => senses.project(weights, tensors, name));
      const { loss } = infoNce(z, tensors[PRESENT] as tf.Tensor2D, { temperature, pairs });
      return { loss, metrics: {} };
    },
  };
}

/** Its encoders, each with a projection into the common space. */
export function contrastiveSenses(config: RunConfig, tokens: Subject['tokens']): SeparateSenses<Sense> {
  const { width, readout } = config.contrastive;
  return separateSenses(senseSpecs(config, tokens), width === 0 ? config.model.width : width, readout);
}

/** Pairs of senses that are brought together, by index: all, or those with the first one only, pictures. */
export function pairsOf(names: readonly Sense[], which: RunConfig['contrastive']['pairs']): ModalityPair[] {
  const all = names.flatMap((_, a) => names.slice(a + 1).map((_, i): ModalityPair => [a, a + 1 + i]));
  return which === 'all' ? all : all.filter(([a, b]) => names[a] === 'picture' || names[b] === 'picture');
}

/** Encoders and projections, and for every pair all cosines of a batch: so many a sample. */
function workOf(config: RunConfig, { specs, parameters }: SeparateSenses<Sense>, pairs: number): number {
  const common = parameters.find(({ name }) => name.endsWith('.proj.bias'))?.shape[0] ?? 0;
  const encoders = specs.reduce((sum, { spec }) => sum + encoderForward(spec, spec.patches) + spec.width * common, 0);
  return 3 * (encoders + pairs * config.optimiser.batch * common);
}
