/** Multimodal MAE with its masks as inputs: `paint.onnx` (objectives/multimodalMae.ts once more). */
import type { Sense } from '../../config/modalities/names.ts';
import { JOINT_NORM, jointStack, type SenseSpec, typeVector } from '../../model/senses.ts';
import { paintingOf } from '../../objectives/multimodalMae.ts';
import { addInput, addPositionsOf, BATCH, embed, encodeTokens, gatherRows, repeated, sliceRows } from './encoder.ts';
import { Graph } from './graph.ts';
import { Net, stack } from './net.ts';
import type { ModelSource, OnnxModel } from './source.ts';

/** A sense with the places of it that are shown. */
interface Shown extends SenseSpec<Sense> {
  /** (B, kept, width): what its own blocks make of them. */
  encoded: string;
  /** (B, n) int64 */
  order: string;
  /** (1) int64 */
  kept: string;
}

const orderInput = (sense: Sense): string => `${sense}_order`;
const keptInput = (sense: Sense): string => `${sense}_kept`;
const paintedOutput = (sense: Sense): string => `${sense}_painted`;

export function paintSensesModel(source: ModelSource): OnnxModel {
  const { config, subject, parameters } = source;
  const { senses, decoder } = paintingOf(config, subject.tokens);
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const shown = senses.specs.map((sense) => show(net, sense));
  const joint = stack(
    net,
    jointStack(senses.specs[0].spec),
    joined(
      graph,
      shown.map(({ encoded }) => encoded),
    ),
  );
  const latent = net.linear(net.norm(joint, JOINT_NORM), 'decoder_embed');
  const tokens = stack(net, decoder, joined(graph, placed(net, shown, latent, decoder.width)));
  const decoded = net.norm(tokens, 'decoder_norm');
  let end = 0;
  for (const { name, spec, kept } of shown) {
    const first = graph.node('Add', [kept, graph.ints(end)]);
    end += spec.patches;
    const painted = net.linear(sliceRows(graph, decoded, first, end), `decoder_pred.${name}`);
    graph.output(paintedOutput(name), painted, [BATCH, `${name}_removed`, spec.vocabulary ?? spec.patchLength]);
  }
  return { name: 'paint.onnx', about: sayPaint(senses.specs), graph };
}

function sayPaint(specs: readonly SenseSpec<Sense>[]): string {
  const outputs = specs.map(({ name, spec }) =>
    spec.vocabulary === undefined
      ? `${paintedOutput(name)}: its removed tokens, ${spec.layout.join(' x ')} numbers each in the units of the input`
      : `${paintedOutput(name)}: which word stands in each removed place`,
  );
  return (
    `What is gone of each sense, painted from what is left of all. ${outputs.join('; ')}. Of every sense order (batch, n): all its places, those that are kept first; ` +
    'kept (1): how many are, one at least. Removed places come in that order.'
  );
}

/** What is kept of a sense, through its own blocks. */
function show(net: Net, sense: SenseSpec<Sense>): Shown {
  const { graph } = net;
  const { name, spec } = sense;
  const own = net.within(name);
  const embedded = embed(own, name, spec, addInput(graph, name, spec));
  const order = graph.input(orderInput(name), 'int64', [BATCH, spec.patches]);
  const kept = graph.input(keptInput(name), 'int64', [1]);
  const visible = sliceRows(graph, order, 0, kept);
  const tokens = addPositionsOf(own, spec, gatherRows(graph, embedded, visible), visible);
  const encoded = encodeTokens(own, spec, graph.node('Add', [tokens, net.parameter(typeVector(name))]));
  return { ...sense, encoded, order, kept };
}

/** What the decoder reads of each sense: what is kept, mask tokens for the rest, told where each is and of which sense: (B, n, width). */
function placed(net: Net, shown: readonly Shown[], latent: string, width: number): string[] {
  const { graph } = net;
  let from = graph.ints(0);
  return shown.map(({ name, spec, order, kept }) => {
    const to = graph.node('Add', [from, kept]);
    const own = sliceRows(graph, latent, from, to);
    from = to;
    const removed = graph.node('Sub', [graph.ints(spec.patches), kept]);
    const masks = repeated(graph, net.parameter('mask_token', [1, 1, width]), own, removed, graph.ints(width));
    const tokens = graph.node('Concat', [own, masks], { axis: 1 });
    const positions = graph.node('Gather', [net.parameter(`decoder_pos_embed.${name}`), order], { axis: 0 });
    return graph.node('Add', [graph.node('Add', [tokens, positions]), net.parameter(`decoder_type.${name}`)]);
  });
}

function joined(graph: Graph, parts: readonly string[]): string {
  return parts.length === 1 ? parts[0] : graph.node('Concat', [...parts], { axis: 1 });
}
