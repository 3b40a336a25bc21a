/** The position puzzles that tell a model where some tokens are: `place.onnx` (MP3 with given positions, DropPos). */
import type { ModelSpec } from '../../model/spec.ts';
import { dropPosDecoder } from '../../objectives/dropPos.ts';
import { addInput, addPositionsOf, BATCH, END, embed, encodeTokens, gatherRows, sliceRows } from './encoder.ts';
import { Graph } from './graph.ts';
import { Net, stack } from './net.ts';
import type { ModelSource, OnnxModel } from './source.ts';

const ABOUT =
  'position_logits: for every token of `asked` (row), how well it fits each cell (column). anchors (batch, a): cells whose tokens are ' +
  'told where they are; asked (batch, k): cells whose tokens are not.';

/** None for puzzles without positions: `model.onnx` has their head. */
export function placeModel({ config, objective, sense, parameters }: ModelSource): OnnxModel[] {
  const { spec } = objective;
  if (spec.positions === 'none') return [];
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const embedded = embed(net, sense, spec, addInput(graph, sense, spec));
  const anchors = graph.input('anchors', 'int64', [BATCH, 'anchors']);
  const asked = graph.input('asked', 'int64', [BATCH, 'asked']);
  const known = addPositionsOf(net, spec, gatherRows(graph, embedded, anchors), anchors);
  const unknown = gatherRows(graph, embedded, asked);
  const isDropPos = config.mp3.masked === 'positions';
  // DropPos says with a learned vector that a position is missing, MP3 by adding none.
  const marked = isDropPos ? graph.node('Add', [unknown, net.parameter('mask_position')]) : unknown;
  const encoded = encodeTokens(net, spec, graph.node('Concat', [known, marked], { axis: 1 }));
  const rows = isDropPos ? decoded(net, spec, encoded) : encoded;
  const logits = net.linear(askedRows(graph, spec, rows, anchors), 'head_position');
  graph.output('position_logits', logits, [BATCH, 'asked', spec.patches]);
  return [{ name: 'place.onnx', about: ABOUT, graph }];
}

function decoded(net: Net, spec: ModelSpec, encoded: string): string {
  return net.norm(stack(net, dropPosDecoder(spec), net.linear(encoded, 'decoder_embed')), 'decoder_norm');
}

/** Behind the class token, if there is one, and the anchors. */
function askedRows(graph: Graph, { classToken }: ModelSpec, rows: string, anchors: string): string {
  const told = graph.node('Shape', [anchors], { start: 1, end: 2 });
  return sliceRows(graph, rows, classToken ? graph.node('Add', [told, graph.ints(1)]) : told, END);
}
