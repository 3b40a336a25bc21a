/** Models that paint what is hidden, with the mask as an input: `paint.onnx` (objectives/mae.ts, simmim.ts and maeWords.ts once more). */
import type { StackSpec } from '../../model/blocks.ts';
import type { ModelSpec } from '../../model/spec.ts';
import { decoderOf, ENCODER_MASK, outputsOf } from '../../objectives/mae.ts';
import { addInput, addPositionsOf, BATCH, END, embed, encodeTokens, gatherRows, repeated, sliceRows } from './encoder.ts';
import { Graph } from './graph.ts';
import { Net, stack } from './net.ts';
import type { ModelSource, OnnxModel } from './source.ts';
import { wordLogits } from './words.ts';

const ORDER = 'order (batch, n): all cells of a sample, those that are kept first; kept (1): how many are.';

/** How a graph with a mask starts: what it reads, and the cells that stay and go. */
interface Masked {
  graph: Graph;
  net: Net;
  /** (B, n, d) all tokens in their order, without positions. */
  embedded: string;
  /** (B, n) int64 */
  order: string;
  /** (1) int64 */
  kept: string;
  /** (B, kept) int64 */
  visible: string;
}

function masked({ objective: { spec }, sense, parameters }: ModelSource): Masked {
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const embedded = embed(net, sense, spec, addInput(graph, sense, spec));
  const order = graph.input('order', 'int64', [BATCH, spec.patches]);
  const kept = graph.input('kept', 'int64', [1]);
  return { graph, net, embedded, order, kept, visible: sliceRows(graph, order, 0, kept) };
}

/** Of MAE and SimMIM on tokens that are numbers: (B, removed, length). */
export function paintModel(source: ModelSource): OnnxModel {
  const { config, objective } = source;
  const { spec } = objective;
  const mask = masked(source);
  const isSimmim = config.task.objective === 'simmim';
  const painted = isSimmim
    ? paintInside(mask, spec)
    : paintBehind(mask, spec, decoderOf(config), config.mae.encoderSees === 'all');
  mask.graph.output('painted', painted, [BATCH, 'removed', isSimmim ? spec.patchLength : outputsOf(config, spec)]);
  const about = `painted: the removed tokens in their order, ${isSimmim ? asPixels(spec, false) : saidOf(config, spec)}. ${ORDER}`;
  return { name: 'paint.onnx', about, graph: mask.graph };
}

function asPixels({ layout }: ModelSpec, normalised: boolean): string {
  const scale = normalised ? 'each in units of its own mean and spread' : 'in the units of the input';
  return `${layout.join(' x ')} numbers each, ${scale}`;
}

/** What MAE says of a token. */
function saidOf({ mae: { target, components, codes } }: ModelSource['config'], spec: ModelSpec): string {
  if (target === 'pca') return `${components} PCA coefficients each, of components that this file does not hold`;
  if (target === 'tokens') return `logits of ${codes} entries each, of a code book that this file does not hold`;
  return asPixels(spec, target === 'normalised');
}

/** SimMIM: mask tokens enter the encoder. */
function paintInside({ graph, net, embedded, order, kept, visible }: Masked, spec: ModelSpec): string {
  const tokens = withMaskTokens(
    graph,
    net,
    gatherRows(graph, embedded, visible),
    spec.width,
    graph.node('Sub', [graph.ints(spec.patches), kept]),
  );
  const encoded = encodeTokens(net, spec, addPositionsOf(net, spec, tokens, order));
  return net.linear(behind(graph, encoded, kept, spec), 'head_pixels');
}

/** MAE: only what is kept enters the encoder, and mask tokens the decoder behind it; or they enter the encoder (`inside`). */
function paintBehind(mask: Masked, spec: ModelSpec, decoder: StackSpec, inside: boolean): string {
  return mask.net.linear(decoded(mask, spec, decoder, inside), 'decoder_pred');
}

/** What the decoder makes of the removed cells, normed: (B, removed, decoder width). */
function decoded(
  { graph, net, embedded, order, kept, visible }: Masked,
  spec: ModelSpec,
  decoder: StackSpec,
  inside = false,
): string {
  const removed = graph.node('Sub', [graph.ints(spec.patches), kept]);
  const shown = gatherRows(graph, embedded, visible);
  const entering = inside ? withMaskTokens(graph, net, shown, spec.width, removed, ENCODER_MASK) : shown;
  const placed = addPositionsOf(net, spec, entering, inside ? order : visible);
  const latent = net.linear(encodeTokens(net, spec, placed), 'decoder_embed');
  const tokens = inside ? latent : withMaskTokens(graph, net, latent, decoder.width, removed);
  const rows = spec.classToken ? decoderRows(graph, order) : order;
  const positions = graph.node('Gather', [net.parameter('decoder_pos_embed'), rows], { axis: 0 });
  const all = stack(net, decoder, graph.node('Add', [tokens, positions]));
  return net.norm(behind(graph, all, kept, spec), 'decoder_norm');
}

/** Rows behind the class token, if there is one, and the kept cells. */
function behind(graph: Graph, tokens: string, kept: string, { classToken }: ModelSpec): string {
  return sliceRows(graph, tokens, classToken ? graph.node('Add', [kept, graph.ints(1)]) : kept, END);
}

/** The class token's row of the table, then those of the cells: (B, n) -> (B, n + 1). */
function decoderRows(graph: Graph, order: string): string {
  const zero = graph.wholeNumbers('row_of_class_token', [1, 1], () => [0]);
  const first = repeated(graph, zero, order, graph.ints(1));
  return graph.node('Concat', [first, graph.node('Add', [order, graph.ints(1)])], { axis: 1 });
}

/** (B, k, width) -> (B, k + count, width). @param count (1) int64 */
function withMaskTokens(graph: Graph, net: Net, tokens: string, width: number, count: string, name = 'mask_token'): string {
  const token = net.parameter(name, [1, 1, width]);
  return graph.node('Concat', [tokens, repeated(graph, token, tokens, count, graph.ints(width))], { axis: 1 });
}

/** MAE on words: (B, removed, V). BERT says it in its one model, where a masked word is a word of its own. */
export function paintWordsModel(source: ModelSource): OnnxModel[] {
  const { config, objective } = source;
  if (config.task.objective !== 'mae') return [];
  const { spec } = objective;
  const decoder = decoderOf(config);
  const mask = masked(source);
  const rows = decoded(mask, spec, decoder);
  const hidden = decoder.width === spec.width ? rows : mask.net.linear(rows, 'decoder_pred');
  mask.graph.output('word_logits', wordLogits(mask.net, hidden), [BATCH, 'removed', spec.vocabulary ?? 0]);
  return [
    {
      name: 'paint.onnx',
      about: `word_logits: which word stands in each removed place, in their order. ${ORDER}`,
      graph: mask.graph,
    },
  ];
}
