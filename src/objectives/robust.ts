/**
 * Labels for some senses, on encoders that were pretrained with all of them: fine-tuning, and self-distillation from the senses with labels
 * to the others (MASD; McKinzie et al. 2023; methods 6). One linear classifier for every subset, on the mean of what it shows (eq. 7).
 */
import * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../base/invariant.ts';
import type { Random } from '../base/random.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { RunConfig } from '../config/run.ts';
import { readSubset, restOf, subsetsOf } from '../config/subsets.ts';
import { applyLinear, linearParameters } from '../model/layers.ts';
import { type ParameterSpec, type Weights, zeros } from '../model/parameters.ts';
import { fuse, jointSenses, type Senses, type Tensors } from '../model/senses.ts';
import { accuracy } from '../ops/accuracy.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { scale } from '../ops/scale.ts';
import { softCrossEntropy } from '../ops/softCrossEntropy.ts';
import { withoutGradient } from '../ops/withoutGradient.ts';
import { contrastiveSenses } from './contrastive.ts';
import { chooseLabelled } from './labels.ts';
import { memberTensors, senseSpecs, withSenses } from './members.ts';
import type { LossResult, Objective, Subject, Task, UploadedTask } from './objective.ts';
import { block, encoderForward } from './work.ts';

const HEAD = 'head';
const LABELS = 'labels';
/** Before the names of the tokens of samples without labels. */
const BESIDE = 'beside.';

export function robust(config: RunConfig, { tokens, classes }: Subject): Objective {
  const senses = robustSenses(config, tokens);
  const all = senses.specs.map(({ name }) => name);
  const trained = trainedSenses(config, all);
  const rest = restOf(all, trained) as Sense[];
  const { method, labelsPerClass, unlabelled } = config.robust;
  const teaches = method === 'MASD' && rest.length > 0;
  const learns = teaches ? all : trained;
  return {
    spec: senses.specs[0].spec,
    senses,
    parameters: [
      ...senses.parameters.map((parameter) => onlyOf(learns, all, parameter)),
      ...linearParameters(HEAD, senses.width, classes, zeros),
    ],
    beta2: 0.999,
    work: () => workOf(senses, classes, teaches),
    choose: (from, random) => {
      const shown = new Set(withSenses(from, trained, trained.length));
      const labels = from.labels?.map((label, i) => (shown.has(i) ? label : HIDDEN));
      return chooseLabelled({ ...from, labels }, labelsPerClass, random);
    },
    chooseBeside: (from, random) => (teaches ? someOf(withSenses(from, all, all.length), unlabelled, random) : undefined),
    draw: (batch, live, random, _phase, _progress, beside) => {
      const shown = shownSenses(trained, live.robust.dropModality, random);
      const { labels } = batch;
      invariant(labels !== undefined, 'samples without labels were chosen');
      const task: Task = {
        tensors: {
          ...memberTensors(batch, senses.specs, shown),
          [LABELS]: { data: Int32Array.from(labels), shape: [batch.count] },
        },
        sizes: { shown: bitsOf(all, shown) },
      };
      if (!teaches || beside === undefined) return task;
      const student = live.robust.student === 'rest' ? rest : random.pick(subsetsOf(rest));
      return {
        tensors: { ...task.tensors, ...memberTensors(beside, senses.specs, [...trained, ...student], BESIDE) },
        sizes: { ...task.sizes, student: bitsOf(all, student) },
      };
    },
    loss: (weights, task) => robustLoss(senses, weights, task, { trained, weight: config.robust.weight }),
  };
}

/** Labels that a choice must not see: of samples that lack a sense. */
const HIDDEN = 0xffff;

/** The encoders, as pretraining left them. */
export function robustSenses(config: RunConfig, tokens: Subject['tokens']): Senses<Sense> {
  if (config.robust.encoders === 'apart') return contrastiveSenses(config, tokens);
  return jointSenses(senseSpecs(config, tokens, { finalNorm: false }));
}

export function trainedSenses({ robust: { trainOn } }: RunConfig, all: readonly Sense[]): Sense[] {
  const subset = readSubset(trainOn, all);
  invariant(subset !== undefined, `the samples have no ${trainOn}`);
  return [...subset];
}

/** (B, classes) of what a subset shows. @param prefix before the names of its tokens */
export function subsetLogits(senses: Senses<Sense>, weights: Weights, tensors: Tensors, subset: readonly Sense[]): tf.Tensor2D {
  return headLogits(weights, fuse(senses.embed(weights, tensors, subset)));
}

/** (B, classes) of a fused embedding. */
export function headLogits(weights: Weights, embedding: tf.Tensor2D): tf.Tensor2D {
  return applyLinear(weights, HEAD, embedding);
}

/**
 * Cross-entropy with the labels, and `weight` times that of what the student answers with what the trained senses do, on other samples,
 * minus sum q log s with no gradient to q (methods 6; the paper’s text lacks the minus).
 */
export function robustLoss(
  senses: Pick<Senses<Sense>, 'specs' | 'embed'>,
  weights: Weights,
  { tensors, sizes }: UploadedTask,
  { trained, weight }: { trained: readonly Sense[]; weight: number },
): LossResult {
  const all = senses.specs.map(({ name }) => name);
  const answer = (given: Tensors, subset: readonly Sense[]) => subsetLogits(senses as Senses<Sense>, weights, given, subset);
  const labels = tensors[LABELS] as tf.Tensor1D;
  const logits = answer(tensors, sensesOf(all, sizes.shown));
  const own = crossEntropy(logits, labels);
  const metrics = { accuracy: accuracy(logits, labels) };
  if (sizes.student === undefined) return { loss: own, metrics };
  const others = besideTensors(tensors);
  const taught = withoutGradient(() => tf.softmax(answer(others, trained)));
  const distilled = softCrossEntropy(answer(others, sensesOf(all, sizes.student)), taught);
  return { loss: tf.add<tf.Scalar>(own, scale(distilled, weight)), metrics };
}

function besideTensors(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => (name.startsWith(BESIDE) ? [[name.slice(BESIDE.length), tensor]] : [])),
  );
}

/** A parameter that only senses have which nothing teaches keeps its bits, weight decay included. */
function onlyOf(learns: readonly Sense[], all: readonly Sense[], parameter: ParameterSpec): ParameterSpec {
  const owner = all.find((sense) => parameter.name.startsWith(`${sense}.`) || parameter.name === `type.${sense}`);
  return owner === undefined || learns.includes(owner) ? parameter : { ...parameter, trainable: false };
}

/** The senses with labels, or, by chance, a part of them. */
function shownSenses(trained: readonly Sense[], chance: number, random: Random): readonly Sense[] {
  if (trained.length < 2 || chance === 0 || random.uniform() >= chance) return trained;
  return random.pick(subsetsOf(trained).filter(({ length }) => length < trained.length));
}

function someOf(samples: readonly number[], count: number, random: Random): number[] {
  if (count === 0 || count >= samples.length) return [...samples];
  const order = Array.from(random.permutation(samples.length));
  return order
    .slice(0, count)
    .map((i) => samples[i])
    .sort((a, b) => a - b);
}

/** A subset as a number, bit k for sense k: it is part of a recorded step's key. */
function bitsOf(all: readonly Sense[], subset: readonly Sense[]): number {
  return all.reduce((bits, sense, k) => bits + (subset.includes(sense) ? 2 ** k : 0), 0);
}

function sensesOf(all: readonly Sense[], bits: number): Sense[] {
  return all.filter((_, k) => Math.floor(bits / 2 ** k) % 2 === 1);
}

/** Everything forward and backward for the labelled batch; teacher forward, student forward and backward for the other. At most. */
function workOf({ specs, width, apart }: Senses<Sense>, classes: number, teaches: boolean): number {
  const encoders = specs.reduce((sum, { spec }) => sum + encoderForward(spec, spec.patches), 0);
  const tokens = specs.reduce((sum, { spec }) => sum + spec.patches, 0);
  const joint = apart ? 0 : block(specs[0].spec, tokens);
  const forward = encoders + joint + width * classes;
  return teaches ? 7 * forward : 3 * forward;
}
