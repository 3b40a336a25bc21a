/**
 * Training with labels: from scratch, or on the encoder of a pretrained run, all of it or only its last blocks (methods 1.4, 7).
 * All patches in raster order, a linear head on the class token or on the mean of the patches.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../base/invariant.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import { applyLinear, linearParameters } from '../model/layers.ts';
import { normal, type ParameterSpec, type Weights } from '../model/parameters.ts';
import { meanPooled, type Pooling, pool, poolingParameters } from '../model/pooling.ts';
import type { ModelSpec } from '../model/spec.ts';
import { embedPatches } from '../model/stem.ts';
import { addPositions, type EncodeOptions, encoderParameters, encodeTokens, RELATIVE_INDEX } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { softCrossEntropy } from '../ops/softCrossEntropy.ts';
import { encoderSpec } from './encoder.ts';
import { chooseLabelled } from './labels.ts';
import { mixBatch } from './mixing.ts';
import { type LossResult, type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import { NOISE, type Regulariser } from './regulariser.ts';
import { regulariserOf } from './regularisers/registry.ts';
import { sortedName, tokenTensors } from './tokenValues.ts';
import { block, type Counted, embedding, encoderForward, rowsOf } from './work.ts';

const HEAD = 'head';

export function supervised(config: RunConfig, { tokens, classes }: Subject): Objective {
  const { labelsPerClass, labelSeed, pooling, smoothing, mixup, cutmix } = config.supervised;
  const spec = supervisedSpec(config, tokens);
  const regulariser = regulariserOf(config.supervised);
  const parameters = [
    ...encoderParameters(spec),
    ...poolingParameters(spec, pooling),
    ...linearParameters(HEAD, spec.width, classes, normal(0.01)),
  ];
  return {
    spec,
    parameters: parameters.map((parameter) => withRate(parameter, config)),
    beta2: 0.999,
    keepsStart: true,
    ...(regulariser && { regulariser }),
    work: () => workOf({ config, spec }, classes) + (regulariser?.passes ?? 0) * furtherPass({ config, spec }, classes),
    ...(labelSeed !== 0 && { labelSeed }),
    choose: (from, random) => chooseLabelled(from, labelsPerClass, random),
    draw(batch, _live, random) {
      const { count, patches, patchLength, labels: truth } = batch;
      invariant(truth !== undefined, 'samples without labels were chosen');
      const mixing = { smoothing, mixup, cutmix };
      const { values, targets, labels } = mixBatch({ ...batch, labels: truth }, tokens, classes, mixing, random);
      const noise = regulariser?.draw?.([count, patches, spec.width], random);
      return {
        tensors: {
          ...tokenTensors('patches', { data: values, shape: [count, patches, patchLength] }, spec),
          targets: { data: targets, shape: [count, classes] },
          labels: { data: labels, shape: [count] },
          ...(noise && { [NOISE]: noise }),
        },
        sizes: {},
      };
    },
    loss: (weights, task) => supervisedLoss(weights, spec, pooling, task, regulariser),
  };
}

/** Mean cross-entropy with the task's `targets` (B, classes), and the share of pictures that are taken for their `labels` (B). */
export function supervisedLoss(
  weights: Weights,
  spec: ModelSpec,
  pooling: Pooling,
  task: UploadedTask,
  regulariser?: Regulariser,
): LossResult {
  const { targets, labels, [NOISE]: noise } = task.tensors;
  const embedded = embed(weights, task);
  const again = (tokens: tf.Tensor3D) => logitsOf(weights, spec, pooling, task, tokens);
  const logits = again(embedded);
  const added = regulariser?.loss?.({ embedded, logits, again, noise: noise as tf.Tensor3D });
  return {
    loss: softCrossEntropy(logits, targets as tf.Tensor2D),
    metrics: { accuracy: accuracy(logits, labels as tf.Tensor1D) },
    ...(added && { added }),
  };
}

function supervisedSpec(config: RunConfig, tokens: Tokens): ModelSpec {
  const { positions, norm, pooling } = config.supervised;
  const spec = encoderSpec(config, tokens, { positions, norm });
  return pooling === 'mean' ? meanPooled(spec) : spec;
}

/** (B, classes) of the task's `patches`. Drop path only where the task has a random key. */
export function classLogits(weights: Weights, spec: ModelSpec, pooling: Pooling, task: UploadedTask): tf.Tensor2D {
  return logitsOf(weights, spec, pooling, task, embed(weights, task));
}

/** (B, n, d) of the task's `patches`, without positions. */
function embed(weights: Weights, { tensors }: UploadedTask): tf.Tensor3D {
  return embedPatches(weights, tensors.patches as tf.Tensor3D, tensors[sortedName('patches')]);
}

/** (B, classes) of embedded tokens, those of the task or others in their places. */
function logitsOf(
  weights: Weights,
  spec: ModelSpec,
  pooling: Pooling,
  { tensors }: UploadedTask,
  embedded: tf.Tensor3D,
): tf.Tensor2D {
  const options: EncodeOptions = { randomKey: tensors[RANDOM_KEY], relativeIndex: tensors[RELATIVE_INDEX] };
  const tokens = encodeTokens(weights, spec, addPositions(weights, spec, embedded), options);
  return applyLinear(weights, HEAD, pool(weights, spec, tokens, pooling, tensors.patches as tf.Tensor3D));
}

/**
 * The parameter as `supervised.train` and `supervised.layerDecay` have it: frozen, or with gamma^(L + 1 - l) of the learning
 * rate, where l is 0 below the blocks, i + 1 in block i and L + 1 above them (methods 0).
 */
function withRate(parameter: ParameterSpec, { model, supervised: { train, layerDecay } }: RunConfig): ParameterSpec {
  const { name } = parameter;
  const [, block] = /^blocks\.(\d+)\./.exec(name) ?? [];
  const aboveBlocks = /^(norm|fc_norm|head)\./.test(name);
  const layer = block === undefined ? (aboveBlocks ? model.depth + 1 : 0) : Number(block) + 1;
  if (train !== 'all' && !isTrained(name, layer, model.depth, Number(train))) return { ...parameter, trainable: false };
  return { ...parameter, rate: layerDecay ** (model.depth + 1 - layer) };
}

/** Whether it is in the last `blocks` blocks or above them; half a block is its MLP with the norm. */
function isTrained(name: string, layer: number, depth: number, blocks: number): boolean {
  if (layer === depth + 1) return true;
  if (layer === depth && blocks === 0.5) return /\.(mlp|norm2)\./.test(name);
  return layer >= 1 && layer > depth - Math.floor(blocks);
}

/** A pass from other embedded tokens, which are data: the stem takes no part in it. */
function furtherPass(counted: Counted, classes: number): number {
  const stem = counted.config.supervised.train === 'all' ? 2 : 1;
  return workOf(counted, classes) - stem * embedding(counted.spec);
}

/** Everything forward; backward only down to the first part that learns (methods 7). */
function workOf({ config, spec }: Counted, classes: number): number {
  const { train } = config.supervised;
  const rows = rowsOf(spec, spec.patches);
  const head = spec.width * classes;
  const forward = encoderForward(spec, spec.patches) + head;
  if (train === 'all') return 3 * forward - embedding(spec);
  if (train === '0') return forward + 2 * head;
  // A norm that learns asks for the gradient of what it feeds; without one before it, the first product's input gets none.
  const undemanded = spec.norm === 'post' ? 1 : 0;
  const hidden = rows * spec.width * spec.mlpRatio * spec.width;
  if (train === '0.5') return forward + 2 * head + (4 - undemanded) * hidden;
  return (
    forward +
    2 * head +
    2 * Math.min(Number(train), spec.depth) * block(spec, rows) -
    undemanded * 3 * rows * spec.width * spec.width
  );
}
