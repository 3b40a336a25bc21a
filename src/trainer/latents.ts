/** Looking at a data2vec 2.0 run: what students predict of what they do not see, and whether targets still say anything. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../base/random.ts';
import { keptCount } from '../config/counts.ts';
import { isReal } from '../config/modalities/tokens.ts';
import type { Samples } from '../data/samples.ts';
import { componentColours, cosineRows, firstComponents } from '../metrics/latents.ts';
import { DECODER_HEAD } from '../model/convDecoder.ts';
import { applyLinear } from '../model/layers.ts';
import type { Weights } from '../model/parameters.ts';
import { plainNorm } from '../model/plainNorm.ts';
import { embedPatches } from '../model/stem.ts';
import { addPositions } from '../model/transformer.ts';
import { type LatentModel, latentModel, lossOf, NOISE_DEVIATION, predictLatents, studentView } from '../objectives/data2vec.ts';
import { feedForwardOutputs, latentTargets } from '../objectives/latentTargets.ts';
import { drawMask, keptCells, latentTask } from '../objectives/latentTask.ts';
import { NoisePool } from '../objectives/noisePool.ts';
import type { PatchBatch, Task, UploadedTask } from '../objectives/objective.ts';
import { chunks, indexRange } from './chunks.ts';
import { LatentScores } from './latentScores.ts';
import type { BoardReport, LatentSample } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Masks for looking and testing do not depend on the run's seed: the numbers of any two runs on the same pictures compare. */
const MASK_SEED = 20_222;

interface Look {
  /** (pictures, n, patchLength) in raster order. */
  patches: PatchBatch['values'];
  task: Task;
  orders: Int32Array[];
  kept: number;
}

export class LatentView implements View {
  private readonly model: LatentModel;
  private readonly noise = new NoisePool(NOISE_DEVIATION, MASK_SEED);

  constructor(private readonly run: Run) {
    this.model = latentModel(run.config, run.tokenizer.tokens);
  }

  async board(pictures: Samples): Promise<BoardReport> {
    const { spec } = this.model;
    const look = this.look(pictures, indexRange(0, pictures.count), this.run.config.task.maskRatio);
    const [prediction, target] = await this.run.forward(look.task, (weights, task, teacher) => [
      applyLinear(weights, DECODER_HEAD, studentView(weights, this.model, task).features),
      this.targets(this.outputs(task, teacher)),
    ]);
    // The targets' own axes: a prediction that says little is grey.
    const components = firstComponents(target, spec.width, 3);
    const colours = {
      target: Uint8Array.from(componentColours(target, components)),
      predicted: Uint8Array.from(componentColours(prediction, components)),
      cosine: cosineRows(prediction, target, spec.width),
    };
    const samples = look.orders.map((order, i) => ({
      ...sampleOf(i, order, look.kept, colours),
      ...wordsOf(look, i, prediction, target),
    }));
    return { kind: 'latents', step: this.run.steps, samples };
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const { spec } = this.model;
    const scores = new LatentScores(this.model, this.run.steps);
    const kept = keptCount(spec.patches, maskRatio);
    if (kept >= 1 && kept < spec.patches) {
      for (const chunk of chunks(pictures, spec.patches)) {
        const look = this.look(set, chunk, maskRatio);
        scores.add(
          { ...(await this.forward(look.task)), patches: Float32Array.from(look.patches) },
          look.task.tensors.removed.data,
        );
        yield undefined;
      }
    }
    return scores.measurement();
  }

  /** A picture each, with one mask: `maskRatio` must leave something, and remove something. */
  private look(set: Samples, pictures: readonly number[], maskRatio: number): Look {
    const { spec } = this.model;
    const batch = this.run.tokenizer.cut(set, pictures);
    const kept = keptCells(spec.patches, maskRatio);
    const randoms = pictures.map((picture) => new Random(MASK_SEED, picture));
    const orders = randoms.map((random) => drawMask(spec, this.run.config, maskRatio, random));
    const blank = (spec.patches - kept) * spec.width;
    const noise = new Float32Array(pictures.length * blank);
    for (const [i, random] of randoms.entries()) noise.set(this.noise.draw(1, blank, random), i * blank);
    return { patches: batch.values, task: latentTask(batch, orders, kept, noise), orders, kept };
  }

  private async forward(task: Task) {
    const [[loss], [error], [variance], prediction, target, whole, stem] = await this.run.forward(
      task,
      (weights, uploaded, teacher) => {
        const outputs = this.outputs(uploaded, teacher);
        const latents = predictLatents(weights, this.model, uploaded, this.targets(outputs));
        const { loss, error } = lossOf(latents, this.model, uploaded.sizes.masks);
        const { prediction, target, whole } = latents;
        return [loss, error, varianceOf(outputs), prediction, target, whole, this.stem(weights, uploaded)];
      },
    );
    return { loss, error, variance, prediction, target, whole, stem } as const;
  }

  private outputs({ tensors }: UploadedTask, teacher: Weights | undefined): tf.Tensor3D[] {
    const { spec, layers } = this.model;
    return feedForwardOutputs(teacher as Weights, spec, tensors.patches as tf.Tensor3D, layers);
  }

  private targets(outputs: readonly tf.Tensor3D[]): tf.Tensor3D {
    return latentTargets(outputs, this.model.targetNorm);
  }

  /** Patches with their positions as the first block's norm sees them, before gain and bias: (B, n, d). */
  private stem(weights: Weights, { tensors }: UploadedTask): tf.Tensor3D {
    return plainNorm(addPositions(weights, this.model.spec, embedPatches(weights, tensors.patches as tf.Tensor3D)));
  }
}

/** What instance norm divides by, squared: variance over a picture's patches, mean over channels, pictures and blocks. */
function varianceOf(outputs: readonly tf.Tensor3D[]): tf.Tensor {
  return tf.div(tf.addN(outputs.map((output) => tf.mean(tf.moments(output, 1).variance))), outputs.length);
}

/** Of texts: the words, and how alike predictions are to the target of the next word that is predicted too. */
function wordsOf(
  { patches, orders, kept }: Look,
  text: number,
  prediction: Float32Array,
  target: Float32Array,
): Pick<LatentSample, 'ids' | 'other'> {
  if (!(patches instanceof Int32Array)) return {};
  const n = orders[text].length;
  const width = prediction.length / (orders.length * n);
  const ids = patches.slice(text * n, (text + 1) * n);
  const predicted = orders[text]
    .slice(kept)
    .filter((place) => isReal(ids[place]))
    .sort();
  const rowOf = (values: Float32Array, place: number) =>
    values.subarray((text * n + place) * width, (text * n + place + 1) * width);
  const other = new Float32Array(n).fill(Number.NaN);
  for (const [i, place] of predicted.entries()) {
    const next = predicted[(i + 1) % predicted.length];
    if (next !== place) [other[place]] = cosineRows(rowOf(prediction, place), rowOf(target, next), width);
  }
  return { ids, other };
}

function sampleOf(
  picture: number,
  order: Int32Array,
  kept: number,
  colours: { target: Uint8Array; predicted: Uint8Array; cosine: Float32Array },
): LatentSample {
  const n = order.length;
  const mask = new Uint8Array(n).fill(1);
  for (const cell of order.subarray(0, kept)) mask[cell] = 0;
  return {
    mask,
    target: colours.target.slice(3 * picture * n, 3 * (picture + 1) * n),
    predicted: colours.predicted.slice(3 * picture * n, 3 * (picture + 1) * n),
    cosine: colours.cosine.slice(picture * n, (picture + 1) * n).map((value, cell) => (mask[cell] === 1 ? value : Number.NaN)),
  };
}
