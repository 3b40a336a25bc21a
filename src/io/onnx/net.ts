/** Layers of our models as nodes of a graph: model/layers.ts and model/blocks.ts once more, in another language. */
import { CheckpointError } from '../../base/errors.ts';
import type { StackSpec } from '../../model/blocks.ts';
import type { ParameterSpec, Placement } from '../../model/parameters.ts';
import { relativeIndex } from '../../model/positions.ts';
import type { ModelSpec } from '../../model/spec.ts';
import { LAYER_NORM_EPSILON } from '../../ops/layerNorm.ts';
import { toTorch } from '../torchLayout.ts';
import type { Graph } from './graph.ts';

export interface NamedParameter {
  spec: ParameterSpec;
  /** As we have them: matrices are (in, out). */
  values: Float32Array;
}

export type NamedParameters = ReadonlyMap<string, NamedParameter>;

/** @param values all parameters, flat, as placed */
export function namedParameters(placements: readonly Placement[], values: Float32Array): NamedParameters {
  return new Map(
    placements.map(({ spec, offset, length }) => [spec.name, { spec, values: values.subarray(offset, offset + length) }]),
  );
}

/** A graph and the parameters it may read; what is not read is not in the file. */
export class Net {
  constructor(
    readonly graph: Graph,
    private readonly parameters: NamedParameters,
    private readonly scope = '',
  ) {}

  /** The same graph, with the names that stand behind a prefix. */
  within(prefix: string): Net {
    return new Net(this.graph, this.parameters, `${this.scope}${prefix}.`);
  }

  has(name: string): boolean {
    return this.parameters.has(this.scope + name);
  }

  /** A parameter as it is. @param shape its own unless given */
  parameter(name: string, shape?: readonly number[]): string {
    const { spec, values } = this.find(name);
    const wanted = shape ?? spec.shape;
    const suffix = wanted.length === spec.shape.length ? '' : `_${wanted.join('x')}`;
    return this.graph.weight(this.scope + name + suffix, wanted, () => values);
  }

  /** A convolution's kernel, (out, channels, rows, columns). */
  kernel(name: string): string {
    const { spec, values } = this.find(name);
    const { shape, data } = toTorch(spec, values);
    return this.graph.weight(this.scope + name, shape, () => data);
  }

  /** (..., in) -> (..., out) */
  linear(x: string, name: string): string {
    const product = this.graph.node('MatMul', [x, this.parameter(`${name}.weight`)]);
    return this.graph.node('Add', [product, this.parameter(`${name}.bias`)]);
  }

  norm(x: string, name: string): string {
    const attributes = { axis: -1, epsilon: { float: LAYER_NORM_EPSILON } };
    return this.graph.node(
      'LayerNormalization',
      [x, this.parameter(`${name}.weight`), this.parameter(`${name}.bias`)],
      attributes,
    );
  }

  /** Queries, keys and values of all tokens in one product: (B, N, d) -> (B, N, 3 d). */
  queriesKeysValues(x: string, name: string): string {
    const q = [this.find(`${name}.q.weight`), this.find(`${name}.q.bias`)];
    const kv = [this.find(`${name}.kv.weight`), this.find(`${name}.kv.bias`)];
    const [width = 0] = q[0].spec.shape;
    const packed = (part: 0 | 1, rows: number) => () => besides(q[part].values, kv[part].values, rows);
    const weight = this.graph.weight(`${this.scope}${name}.qkv.weight`, [width, 3 * width], packed(0, width));
    const bias = this.graph.weight(`${this.scope}${name}.qkv.bias`, [3 * width], packed(1, 1));
    return this.graph.node('Add', [this.graph.node('MatMul', [x, weight]), bias]);
  }

  private find(name: string): NamedParameter {
    const found = this.parameters.get(this.scope + name);
    if (found === undefined)
      throw new CheckpointError(`The model has no parameter ${this.scope}${name}, which its settings ask for.`);
    return found;
  }
}

/** Columns of a matrix and of another one behind them: (rows, a), (rows, b) -> (rows, a + b). */
function besides(left: Float32Array, right: Float32Array, rows: number): Float32Array {
  const joined = new Float32Array(left.length + right.length);
  const [a, b] = [left.length / rows, right.length / rows];
  for (let row = 0; row < rows; row++) {
    joined.set(left.subarray(row * a, (row + 1) * a), row * (a + b));
    joined.set(right.subarray(row * b, (row + 1) * b), row * (a + b) + a);
  }
  return joined;
}

/** All tokens ask, all answer: (B, N, width) -> (B, N, width), as `runStack`. */
export function stack(net: Net, spec: StackSpec, tokens: string, encoder?: ModelSpec): string {
  let x = tokens;
  for (let layer = 0; layer < spec.depth; layer++) {
    const name = `${spec.prefix}.${layer}`;
    x = spec.norm === 'pre' ? preNormBlock(net, spec, x, name, encoder) : postNormBlock(net, spec, x, name, encoder);
  }
  return x;
}

function preNormBlock(net: Net, spec: StackSpec, x: string, name: string, encoder: ModelSpec | undefined): string {
  const attended = attention(net, spec, net.norm(x, `${name}.norm1`), `${name}.attn`, encoder);
  const y = net.graph.node('Add', [x, attended]);
  return net.graph.node('Add', [y, mlp(net, net.norm(y, `${name}.norm2`), `${name}.mlp`)]);
}

function postNormBlock(net: Net, spec: StackSpec, x: string, name: string, encoder: ModelSpec | undefined): string {
  const y = net.norm(net.graph.node('Add', [x, attention(net, spec, x, `${name}.attn`, encoder)]), `${name}.norm1`);
  return net.norm(net.graph.node('Add', [y, mlp(net, y, `${name}.mlp`)]), `${name}.norm2`);
}

function attention(net: Net, { heads, width }: StackSpec, x: string, name: string, encoder: ModelSpec | undefined): string {
  const { graph } = net;
  const headWidth = width / heads;
  const apart = graph.node('Reshape', [net.queriesKeysValues(x, name), graph.ints(0, 0, 3, heads, headWidth)]);
  const stacked = graph.node('Transpose', [apart], { perm: [2, 0, 3, 1, 4] });
  const parts = graph.split('Split', [stacked, graph.ints(1, 1, 1)], 3, { axis: 0 });
  const [q, k, v] = parts.map((part) => graph.node('Squeeze', [part, graph.ints(0)]));
  const scaled = graph.node('Mul', [q, graph.number(1 / Math.sqrt(headWidth))]);
  const scores = graph.node('MatMul', [scaled, graph.node('Transpose', [k], { perm: [0, 1, 3, 2] })]);
  const told = encoder?.positions === 'relative' ? graph.node('Add', [scores, bias(net, name, encoder)]) : scores;
  const mixed = graph.node('MatMul', [graph.node('Softmax', [told], { axis: -1 }), v]);
  const joined = graph.node('Reshape', [graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }), graph.ints(0, 0, width)]);
  return net.linear(joined, `${name}.proj`);
}

/** (heads, N, N) from a block's table of relative positions. */
function bias(net: Net, name: string, { grid, classToken, patches }: ModelSpec): string {
  const { graph } = net;
  const tokens = patches + (classToken ? 1 : 0);
  const index = graph.wholeNumbers('relative_position_index', [tokens, tokens], () => relativeIndex(grid, classToken));
  const rows = graph.node('Gather', [net.parameter(`${name}.relative_position_bias_table`), index], { axis: 0 });
  return graph.node('Transpose', [rows], { perm: [2, 0, 1] });
}

function mlp(net: Net, x: string, name: string): string {
  return net.linear(gelu(net, net.linear(x, `${name}.fc1`)), `${name}.fc2`);
}

/** x Phi(x) by Erf, in the pattern that runtimes fuse. Operator set 20 has it as one node, which older runtimes lack. */
function gelu({ graph }: Net, x: string): string {
  const erf = graph.node('Erf', [graph.node('Div', [x, graph.number(Math.SQRT2)])]);
  return graph.node('Mul', [graph.node('Mul', [x, graph.node('Add', [erf, graph.number(1)])]), graph.number(0.5)]);
}
