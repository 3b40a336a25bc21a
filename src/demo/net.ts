/** The forward pass in plain JavaScript: no library, no WebGPU, no wasm. Rows of numbers are flat, (rows, width). */
import { joinFloats } from '../base/join.ts';
import type { StackSpec } from '../model/blocks.ts';
import { relativeIndex } from '../model/positions.ts';
import type { ModelSpec } from '../model/spec.ts';

const EPSILON = 1e-6;

export interface Tensor {
  shape: readonly number[];
  data: Float32Array;
}

/** What may be looked at: how much each token of the last block looks at each, mean over heads. (N, N) */
export interface Attention {
  weights: Float32Array;
}

export class Net {
  constructor(
    readonly tensors: ReadonlyMap<string, Tensor>,
    readonly spec: ModelSpec,
  ) {}

  /** @throws Error when there is none of that name */
  get(name: string): Float32Array {
    const found = this.tensors.get(name);
    if (found === undefined) throw new Error(`the model has no ${name}`);
    return found.data;
  }

  /** (rows, in) -> (rows, out) */
  linear(x: Float32Array, name: string): Float32Array {
    return product(x, this.get(`${name}.weight`), this.get(`${name}.bias`));
  }

  norm(x: Float32Array, name: string): Float32Array {
    const gain = this.get(`${name}.weight`);
    const bias = this.get(`${name}.bias`);
    const width = gain.length;
    const y = new Float32Array(x.length);
    for (let at = 0; at < x.length; at += width) {
      let mean = 0;
      for (let i = 0; i < width; i++) mean += x[at + i];
      mean /= width;
      let variance = 0;
      for (let i = 0; i < width; i++) variance += (x[at + i] - mean) ** 2;
      const scale = 1 / Math.sqrt(variance / width + EPSILON);
      for (let i = 0; i < width; i++) y[at + i] = (x[at + i] - mean) * scale * gain[i] + bias[i];
    }
    return y;
  }

  /** Tokens without positions: numbers (n, length), or ids of words (n). */
  embed(tokens: Float32Array | Int32Array): Float32Array {
    const { width, vocabulary } = this.spec;
    if (vocabulary === undefined) return this.linear(Float32Array.from(tokens), 'patch_embed.proj');
    const table = this.get('text.embed.weight');
    const scale = Math.sqrt(width);
    return Float32Array.from(
      { length: tokens.length * width },
      (_, i) => scale * table[tokens[Math.floor(i / width)] * width + (i % width)],
    );
  }

  /** Adds the positions of cells, if the model knows any, in place. */
  place(tokens: Float32Array, cells: ArrayLike<number>): Float32Array {
    const table = this.tensors.get('pos_embed')?.data;
    if (table === undefined) return tokens;
    const { width, classToken } = this.spec;
    for (let row = 0; row < cells.length; row++) {
      const from = (cells[row] + (classToken ? 1 : 0)) * width;
      for (let i = 0; i < width; i++) tokens[row * width + i] += table[from + i];
    }
    return tokens;
  }

  /** Class token, blocks, final norm: (k, width) -> (k or k + 1, width). */
  encode(tokens: Float32Array, look?: Attention): Float32Array {
    const { spec } = this;
    let x = spec.classToken ? joinFloats([this.classToken(), tokens]) : tokens;
    if (spec.norm === 'post') x = this.norm(x, 'norm_pre');
    const { width, depth, heads, mlpRatio, norm } = spec;
    x = this.stack({ prefix: 'blocks', width, depth, heads, mlpRatio, norm, dropPath: 0 }, x, look);
    return this.tensors.has('norm.weight') ? this.norm(x, 'norm') : x;
  }

  private classToken(): Float32Array {
    const token = this.get('cls_token').slice();
    if (this.spec.positions === 'learned')
      this.get('pos_embed')
        .subarray(0, token.length)
        .forEach((value, i) => {
          token[i] += value;
        });
    return token;
  }

  /** (N, width) -> (N, width) */
  stack(spec: StackSpec, tokens: Float32Array, look?: Attention): Float32Array {
    let x = tokens;
    for (let layer = 0; layer < spec.depth; layer++) {
      const name = `${spec.prefix}.${layer}`;
      const last = layer === spec.depth - 1 ? look : undefined;
      if (spec.norm === 'pre') {
        const y = sum(x, this.attend(spec, this.norm(x, `${name}.norm1`), `${name}.attn`, last));
        x = sum(y, this.mlp(this.norm(y, `${name}.norm2`), `${name}.mlp`));
      } else {
        const y = this.norm(sum(x, this.attend(spec, x, `${name}.attn`, last)), `${name}.norm1`);
        x = this.norm(sum(y, this.mlp(y, `${name}.mlp`)), `${name}.norm2`);
      }
    }
    return x;
  }

  private attend({ heads, width }: StackSpec, x: Float32Array, name: string, look: Attention | undefined): Float32Array {
    const q = this.linear(x, `${name}.q`);
    const kv = this.linear(x, `${name}.kv`);
    const count = x.length / width;
    const headWidth = width / heads;
    const bias = this.relative(name, heads);
    const mixed = new Float32Array(x.length);
    const scores = new Float32Array(count);
    const seen = look === undefined ? undefined : new Float32Array(count * count);
    for (let head = 0; head < heads; head++) {
      const at = head * headWidth;
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) {
          let score = 0;
          for (let k = 0; k < headWidth; k++) score += q[i * width + at + k] * kv[2 * j * width + at + k];
          scores[j] = score / Math.sqrt(headWidth) + (bias === undefined ? 0 : bias[(head * count + i) * count + j]);
        }
        softmax(scores);
        for (let j = 0; j < count; j++) {
          const weight = scores[j];
          if (seen !== undefined) seen[i * count + j] += weight / heads;
          for (let k = 0; k < headWidth; k++) mixed[i * width + at + k] += weight * kv[(2 * j + 1) * width + at + k];
        }
      }
    }
    if (look !== undefined && seen !== undefined) look.weights = seen;
    return this.linear(mixed, `${name}.proj`);
  }

  /** (heads, N, N) of a block's table of relative positions, if there is one. */
  private relative(name: string, heads: number): Float32Array | undefined {
    const table = this.tensors.get(`${name}.relative_position_bias_table`)?.data;
    if (table === undefined) return undefined;
    const index = relativeIndex(this.spec.grid, this.spec.classToken);
    const { length } = index;
    return Float32Array.from({ length: heads * length }, (_, i) => table[index[i % length] * heads + Math.floor(i / length)]);
  }

  private mlp(x: Float32Array, name: string): Float32Array {
    const hidden = this.linear(x, `${name}.fc1`);
    for (let i = 0; i < hidden.length; i++) hidden[i] = gelu(hidden[i]);
    return this.linear(hidden, `${name}.fc2`);
  }
}

/** (rows, in) (in, out) + (out) */
export function product(x: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const out = bias.length;
  const into = weight.length / out;
  const rows = x.length / into;
  const y = new Float32Array(rows * out);
  for (let row = 0; row < rows; row++) {
    const line = y.subarray(row * out, (row + 1) * out);
    line.set(bias);
    for (let i = 0; i < into; i++) {
      const value = x[row * into + i];
      const from = i * out;
      for (let o = 0; o < out; o++) line[o] += value * weight[from + o];
    }
  }
  return y;
}

export function softmax(values: Float32Array): Float32Array {
  const top = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i] - top);
    total += values[i];
  }
  for (let i = 0; i < values.length; i++) values[i] /= total;
  return values;
}

/** x Phi(x). */
function gelu(x: number): number {
  return 0.5 * x * (1 + erf(x * Math.SQRT1_2));
}

/** Numerical Recipes' Chebyshev fit of erfc, within 1.2e-7. */
function erf(x: number): number {
  const size = Math.abs(x);
  const t = 1 / (1 + 0.5 * size);
  let inner = 0.17087277;
  for (const factor of [-0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368]) {
    inner = factor + t * inner;
  }
  const rest = t * Math.exp(-size * size - 1.26551223 + t * inner);
  return x >= 0 ? 1 - rest : rest - 1;
}

function sum(a: Float32Array, b: Float32Array): Float32Array {
  const y = new Float32Array(a.length);
  for (let i = 0; i < y.length; i++) y[i] = a[i] + b[i];
  return y;
}

/** Rows of (n, width) by index. */
export function takeRows(x: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) taken.set(x.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return taken;
}
