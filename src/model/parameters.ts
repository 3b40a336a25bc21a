/**
 * All parameters of a model in one flat vector, seen as named tensors. One vector means one optimiser update, one global
 * norm and one snapshot, however many layers there are.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { concatFlat, splitFlat } from '../ops/splitFlat.ts';

/** Draws the first values of one parameter, row-major. */
export type Initialiser = (random: Random, shape: readonly number[]) => Float32Array;

export interface ParameterSpec {
  /** Names follow timm's ViT, so that checkpoints are read by others: `blocks.0.attn.proj.weight`. */
  name: string;
  /** Matrices are (in, out). */
  shape: readonly number[];
  init: Initialiser;
  /**
   * Axes that the inputs of a convolution run over, the last one, channels, fastest; their product is that of all axes of `shape` but
   * the last. Files keep these axes apart, channels first.
   */
  window?: readonly number[];
  /** Whether training changes it (default true). */
  trainable?: boolean;
  /** Whether weight decay pulls on it: matrices unless said otherwise, not biases, norms and single tokens (methods 0). */
  decay?: boolean;
  /** Its learning rate over the run's (default 1): layer-wise decay. */
  rate?: number;
}

/** The named tensors that a forward pass reads. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

export interface Placement {
  spec: ParameterSpec;
  offset: number;
  length: number;
}

export function placeParameters(specs: readonly ParameterSpec[]): Placement[] {
  let offset = 0;
  return specs.map((spec) => {
    const length = spec.shape.reduce((product, size) => product * size, 1);
    const placement = { spec, offset, length };
    offset += length;
    return placement;
  });
}

export function parameterCount(specs: readonly ParameterSpec[]): number {
  return placeParameters(specs).reduce((sum, { length }) => sum + length, 0);
}

export class Parameters {
  readonly placements: Placement[];
  readonly count: number;
  /** (count) */
  readonly flat: tf.Variable;
  /** (count) 1 where weight decay applies, else 0. */
  readonly decay: tf.Tensor;
  /** (count) Learning rate of each number over the run's; 0 where nothing is trained. */
  readonly rate: tf.Tensor;

  constructor(specs: readonly ParameterSpec[], random: (name: string) => Random) {
    this.placements = placeParameters(specs);
    this.count = parameterCount(specs);
    const values = firstValues(this.placements, random);
    const decay = new Float32Array(this.count);
    const rate = new Float32Array(this.count);
    for (const { spec, offset, length } of this.placements) {
      decay.fill(Number(spec.decay ?? spec.shape.length > 1), offset, offset + length);
      rate.fill(isTrained(spec) ? (spec.rate ?? 1) : 0, offset, offset + length);
    }
    this.flat = tf.tidy(() => tf.variable(tf.tensor1d(values)));
    this.decay = tf.tensor1d(decay);
    this.rate = tf.tensor1d(rate);
  }

  /** The parameters as tensors of their own; the caller disposes of them (or is inside a `tidy`). */
  weights(): Weights {
    return namedWeights(this.flat, this.placements);
  }

  /** Names of the parameters that training changes, in their order. */
  get trained(): string[] {
    return this.placements.filter(({ spec }) => isTrained(spec)).map(({ spec }) => spec.name);
  }

  /**
   * Gradients of the trained parameters, in their order, as one vector over all parameters: 0 where nothing is trained, and where
   * the loss does not reach (undefined).
   */
  flatten(gradients: readonly (tf.Tensor | undefined)[]): tf.Tensor1D {
    const rest = [...gradients];
    return concatFlat(
      this.placements.map(({ spec, length }) => (isTrained(spec) ? rest.shift() : undefined) ?? tf.zeros([length])),
    );
  }

  dispose(): void {
    this.flat.dispose();
    this.decay.dispose();
    this.rate.dispose();
  }
}

function isTrained({ trainable = true, rate = 1 }: ParameterSpec): boolean {
  return trainable && rate > 0;
}

/** The first parameters of a flat vector as named tensors, as far as `placements` go. */
export function namedWeights(flat: tf.Tensor, placements: readonly Placement[]): Weights {
  const tensors = splitFlat(
    flat,
    placements.map(({ spec }) => spec.shape),
  );
  return Object.fromEntries(placements.map(({ spec }, i) => [spec.name, tensors[i]]));
}

// ---------------------------------------------------------------- first values

/**
 * All parameters as they are before training, flat.
 *
 * @param random the source of each parameter's numbers
 */
export function firstValues(placements: readonly Placement[], random: (name: string) => Random): Float32Array {
  const values = new Float32Array(placements.reduce((sum, { length }) => sum + length, 0));
  for (const { spec, offset } of placements) values.set(spec.init(random(spec.name), spec.shape), offset);
  return values;
}

export const zeros: Initialiser = (_random, shape) => new Float32Array(sizeOf(shape));
export const ones: Initialiser = (_random, shape) => new Float32Array(sizeOf(shape)).fill(1);

export function normal(deviation: number): Initialiser {
  return (random, shape) => Float32Array.from({ length: sizeOf(shape) }, () => deviation * random.normal());
}

/**
 * Glorot & Bengio's uniform initialisation. `parts` is how many such matrices stand side by side in the packed projection
 * that published code draws as one (qkv: 3), which widens the fan-out (methods 0).
 */
export function xavier(parts = 1): Initialiser {
  return (random, shape) => {
    const [fanIn, fanOut] = shape as [number, number];
    const limit = Math.sqrt(6 / (fanIn + parts * fanOut));
    return Float32Array.from({ length: sizeOf(shape) }, () => random.between(-limit, limit));
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
