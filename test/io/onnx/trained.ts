/** Models of every kind with weights of which none is zero, and batches for them: what ONNX graphs and the demo page are held against. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/base/random.ts';
import type { SettingValue } from '../../../src/config/field.ts';
import type { Sense } from '../../../src/config/modalities/names.ts';
import { tokensOf } from '../../../src/config/modalities.ts';
import type { ObjectiveName } from '../../../src/config/objectives.ts';
import { presetRun, startingRun } from '../../../src/config/presets.ts';
import { robustRun } from '../../../src/config/robustRun.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { unpatchify } from '../../../src/data/patchify.ts';
import { type HostTensor, uploadInputs } from '../../../src/engine/stepper.ts';
import type { TrainedModel } from '../../../src/io/onnx/source.ts';
import { namedWeights, placeParameters, type Weights } from '../../../src/model/parameters.ts';
import type { ModelSpec } from '../../../src/model/spec.ts';
import { modelTensors } from '../../../src/model/transformer.ts';
import type { Members, Objective, PatchBatch, Subject, UploadedTask } from '../../../src/objectives/objective.ts';
import { OBJECTIVES } from '../../../src/objectives/registry.ts';
import type { Feed } from './runtime.ts';

const VOCABULARY = 40;
export const CLASSES = 3;
const TINY = { 'model.width': 32, 'model.depth': 2, 'model.heads': 2, 'mae.decoderDepth': 1, 'mae.decoderWidth': 64 } as const;
type Changes = Readonly<Record<string, SettingValue>>;

export function pictureRun(objective: ObjectiveName, changes: Changes = {}): RunConfig {
  const start = startingRun({ dataset: 'files', modality: 'picture' }, objective);
  return applySettings(start, { ...TINY, 'picture.size': 28, 'picture.patch': 7, ...changes });
}

export function soundRun(objective: ObjectiveName, changes: Changes = {}): RunConfig {
  return applySettings(startingRun({ dataset: 'files', modality: 'sound' }, objective), { ...TINY, ...changes });
}

export function textRun(objective: ObjectiveName, changes: Changes = {}): RunConfig {
  const start = startingRun({ dataset: 'files', modality: 'text' }, objective);
  return applySettings(start, { ...TINY, 'text.words': 12, 'text.window': 0, ...changes });
}

export function pairRun(preset: 'contrastive-pairs' | 'mae-pairs', labels: boolean, changes: Changes = {}): RunConfig {
  const start = applySettings(presetRun(preset), { ...TINY, 'model.depth': 1 });
  return applySettings(labels ? robustRun(start) : start, changes);
}

export interface Made {
  config: RunConfig;
  subject: Subject;
  objective: Objective;
  model: TrainedModel;
}

/** Weights around what training makes of them: matrices small, norms near one, nothing zero. */
export function made(config: RunConfig, channels: 1 | 3 = 3): Made {
  const tokens = tokensOf(config, { channels, ...(isOfTexts(config) ? { vocabulary: VOCABULARY } : {}) });
  const subject = { tokens, classes: CLASSES };
  const objective = OBJECTIVES[config.task.objective](config, subject);
  const placements = placeParameters(objective.parameters);
  const values = new Float32Array(placements.reduce((sum, { length }) => sum + length, 0));
  for (const { spec, offset, length } of placements) {
    const random = new Random(7, spec.name);
    const isGain = /norm\d?(_pre)?\.weight$|^(fc_norm|norm_pre|joint_norm|decoder_norm)\.weight$/.test(spec.name);
    const drawn = spec.init(random, spec.shape);
    for (let i = 0; i < length; i++) values[offset + i] = spec.trainable === false ? drawn[i] : drawn[i] + 0.1 * random.normal();
    if (isGain) for (let i = 0; i < length; i++) values[offset + i] = 1 + 0.2 * random.normal();
  }
  return { config, subject, objective, model: { config, subject, objective, placements, values } };
}

function isOfTexts({ data }: RunConfig): boolean {
  return data.modality === 'text' && data.dataset === 'files';
}

/** Normalised tokens of some samples, or ids of words, the last ones of each text empty. */
export function batchOf({ subject: { tokens } }: Made, count: number): PatchBatch {
  if (tokens.members === undefined) return memberBatch(tokens, count);
  const members = tokens.members.map((member) => [member.modality, memberBatch(member, count)] as const);
  const { count: patches } = tokens;
  return { values: new Float32Array(), count, patches, patchLength: 0, members: Object.fromEntries(members) as Members };
}

function memberBatch({ count: patches, length: patchLength, vocabulary }: Subject['tokens'], count: number): PatchBatch {
  const random = new Random(11, 'batch', count);
  const size = count * patches * patchLength;
  const values =
    vocabulary === undefined
      ? Float32Array.from({ length: size }, () => random.normal())
      : Int32Array.from({ length: size }, (_, i) => (i % patches > 0.7 * patches ? 0 : 2 + random.below(vocabulary - 2)));
  return { values, count, patches, patchLength };
}

/** A batch as graphs read it: pictures as (B, C, S, S). */
export function feedOf(batch: PatchBatch, sense: Sense, { layout, grid }: Pick<ModelSpec, 'layout' | 'grid'>): Feed {
  const { values, count, patches, patchLength } = batch;
  if (sense === 'text') return { data: values, shape: [count, patches] };
  if (sense === 'sound') return { data: values, shape: [count, patches, patchLength] };
  const [patch = 1, , channels = 1] = layout;
  const size = patch * (grid[0] ?? 1);
  const data = new Float32Array(values.length);
  for (let b = 0; b < count; b++) {
    const own = Float32Array.from(values.subarray(b * patches * patchLength, (b + 1) * patches * patchLength));
    const pixels = unpatchify(own, size, channels, patch);
    for (let i = 0; i < pixels.length; i++) {
      data[b * pixels.length + (i % channels) * size * size + Math.floor(i / channels)] = pixels[i];
    }
  }
  return { data, shape: [count, channels, size, size] };
}

type Pass = (weights: Weights, task: UploadedTask) => tf.Tensor;

/** What our own code computes. */
export async function ours(
  { objective, model }: Made,
  tensors: Readonly<Record<string, HostTensor>>,
  pass: Pass,
  sizes: UploadedTask['sizes'] = {},
): Promise<Float32Array> {
  const result = tf.tidy(() => {
    const weights = namedWeights(tf.tensor1d(model.values), model.placements);
    const uploaded = uploadInputs({ ...tensors, ...modelTensors(objective.spec) });
    return pass(weights, { tensors: uploaded, sizes });
  });
  const numbers = Float32Array.from(await result.data());
  result.dispose();
  return numbers;
}

/** (B, n, length) */
export function hostTokens({ values, count, patches, patchLength }: PatchBatch): HostTensor {
  return { data: values, shape: [count, patches, patchLength] };
}
