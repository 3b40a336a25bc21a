/** The encoder as nodes of a graph: model/transformer.ts, model/stem.ts and model/pooling.ts once more. */
import type { Sense } from '../../config/modalities/names.ts';
import { UNKNOWN } from '../../config/modalities/tokens.ts';
import type { Pooling } from '../../model/pooling.ts';
import type { ModelSpec } from '../../model/spec.ts';
import { WORD_TABLE } from '../../model/stem.ts';
import { hasFinalNorm, stackOf } from '../../model/transformer.ts';
import type { Graph, Value } from './graph.ts';
import { type Net, stack } from './net.ts';

/** The free dimension of every input and output. */
export const BATCH = 'batch_size';
/** A slice up to the end, whatever its length. */
export const END = 2 ** 31 - 1;

/** What a graph reads of a sense, under the names that transformers has for it. */
export const INPUTS: Readonly<Record<Sense, string>> = {
  picture: 'pixel_values',
  sound: 'input_features',
  text: 'input_ids',
};

/** Pixels of pictures, (channels, size, size); tokens of sounds, (n, length); ids of words, (n). */
export function addInput(graph: Graph, sense: Sense, spec: ModelSpec): string {
  return graph.input(INPUTS[sense], spec.vocabulary === undefined ? 'float' : 'int64', inputShape(sense, spec));
}

function inputShape(sense: Sense, { grid, layout, patches, patchLength, vocabulary }: ModelSpec): Value['shape'] {
  if (vocabulary !== undefined) return [BATCH, patches];
  if (sense === 'sound') return [BATCH, patches, patchLength];
  const [rows = 1, columns = 1] = grid;
  const [height = 1, width = 1, channels = 1] = layout;
  return [BATCH, channels, rows * height, columns * width];
}

/** Every token as a vector, without positions: (B, n, d). */
export function embed(net: Net, sense: Sense, spec: ModelSpec, input: string): string {
  const { graph } = net;
  const { width, layout, vocabulary } = spec;
  if (vocabulary !== undefined) {
    const rows = graph.node('Gather', [net.parameter(WORD_TABLE), input], { axis: 0 });
    return graph.node('Mul', [rows, graph.number(Math.sqrt(width))]);
  }
  if (sense === 'sound') return net.linear(input, 'patch_embed.proj');
  const patch = layout.slice(0, 2);
  const inputs = [input, net.kernel('patch_embed.proj.weight'), net.parameter('patch_embed.proj.bias')];
  const embedded = graph.node('Conv', inputs, { kernel_shape: patch, strides: patch });
  return graph.node('Transpose', [graph.node('Reshape', [embedded, graph.ints(0, width, -1)])], { perm: [0, 2, 1] });
}

/** Adds the positions of all cells, in their order, if the model has any of its own: (B, n, d) -> (B, n, d). */
export function addAllPositions(net: Net, spec: ModelSpec, tokens: string): string {
  if (!net.has('pos_embed')) return tokens;
  return net.graph.node('Add', [tokens, cellPositions(net, spec)]);
}

/** Adds the positions of some cells. @param cells (B, k) int64 */
export function addPositionsOf(net: Net, spec: ModelSpec, tokens: string, cells: string): string {
  if (!net.has('pos_embed')) return tokens;
  return net.graph.node('Add', [tokens, net.graph.node('Gather', [cellPositions(net, spec), cells], { axis: 0 })]);
}

/** (n, d): without the class token's. */
function cellPositions(net: Net, { classToken }: ModelSpec): string {
  const table = net.parameter('pos_embed');
  return classToken ? sliceRows(net.graph, table, 1, END, 0) : table;
}

/** Class token, blocks, final norm: (B, n, d) -> (B, N, d), as `encodeTokens`. */
export function encodeTokens(net: Net, spec: ModelSpec, tokens: string): string {
  let x = spec.classToken ? withClassToken(net, spec, tokens) : tokens;
  if (spec.norm === 'post') x = net.norm(x, 'norm_pre');
  x = stack(net, stackOf(spec), x, spec);
  return hasFinalNorm(spec) ? net.norm(x, 'norm') : x;
}

/** A whole sample, nothing hidden: (B, N, d). */
export function encodeWhole(net: Net, sense: Sense, spec: ModelSpec, input: string): string {
  return encodeTokens(net, spec, addAllPositions(net, spec, embed(net, sense, spec, input)));
}

function withClassToken(net: Net, { width, positions }: ModelSpec, tokens: string): string {
  const { graph } = net;
  let token = net.parameter('cls_token', [1, 1, width]);
  // The fixed table has zeros for it.
  if (positions === 'learned') token = graph.node('Add', [token, sliceRows(graph, net.parameter('pos_embed'), 0, 1, 0)]);
  return graph.node('Concat', [repeated(graph, token, tokens, graph.ints(1, width)), tokens], { axis: 1 });
}

/** One token for every sample of `like`. @param shape int64 names, of all its dimensions but the first, joined */
export function repeated(graph: Graph, token: string, like: string, ...shape: readonly string[]): string {
  const batch = graph.node('Shape', [like], { start: 0, end: 1 });
  return graph.node('Expand', [token, graph.node('Concat', [batch, ...shape], { axis: 0 })]);
}

/** Rows from `from` up to `to`: numbers, or names of int64 (1). */
export function sliceRows(graph: Graph, x: string, from: number | string, to: number | string, axis = 1): string {
  const at = (place: number | string) => (typeof place === 'number' ? graph.ints(place) : place);
  return graph.node('Slice', [x, at(from), at(to), graph.ints(axis)]);
}

/** (B, N, d) -> (B, n, d): without the class token. */
export function patchRows(graph: Graph, { classToken }: ModelSpec, tokens: string): string {
  return classToken ? sliceRows(graph, tokens, 1, END) : tokens;
}

/** Rows of every sample: (B, n, d), (B, k) int64 -> (B, k, d). */
export function gatherRows(graph: Graph, rows: string, cells: string): string {
  return graph.node('GatherND', [rows, graph.node('Unsqueeze', [cells, graph.ints(-1)])], { batch_dims: 1 });
}

/** Mean over all rows: (B, n, d) -> (B, d). */
export function meanRows(graph: Graph, rows: string): string {
  return graph.node('ReduceMean', [rows], { axes: [1], keepdims: 0 });
}

/** What a head sees of encoded tokens: (B, N, d) -> (B, d), as `pool`. */
export function pool(net: Net, spec: ModelSpec, tokens: string, pooling: Pooling, input: string): string {
  const { graph } = net;
  if (spec.vocabulary !== undefined) return meanOfWords(graph, tokens, input);
  if (pooling === 'class') return graph.node('Squeeze', [sliceRows(graph, tokens, 0, 1), graph.ints(1)]);
  const mean = meanRows(graph, patchRows(graph, spec, tokens));
  return net.has('fc_norm.weight') ? net.norm(mean, 'fc_norm') : mean;
}

/** Mean over the words that stand for something, zeros where there is none. */
function meanOfWords(graph: Graph, tokens: string, ids: string): string {
  const isReal = graph.node('GreaterOrEqual', [ids, graph.ints(UNKNOWN)]);
  const weights = graph.node('Unsqueeze', [graph.node('Cast', [isReal], { to: 1 }), graph.ints(-1)]);
  const sum = graph.node('ReduceSum', [graph.node('Mul', [tokens, weights]), graph.ints(1)], { keepdims: 0 });
  const count = graph.node('ReduceSum', [weights, graph.ints(1)], { keepdims: 0 });
  return graph.node('Div', [sum, graph.node('Max', [count, graph.number(1)])]);
}
