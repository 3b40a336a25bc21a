/** Models of several senses: model/senses.ts once more. Encoders that end apart are a file each, those with a joint block one for every subset. */
import type { Sense } from '../../config/modalities/names.ts';
import { subsetsOf } from '../../config/subsets.ts';
import { JOINT_NORM, jointStack, type SenseSpec, typeVector } from '../../model/senses.ts';
import { L2_EPSILON } from '../../ops/l2Normalise.ts';
import { addAllPositions, addInput, BATCH, embed, encodeTokens, encodeWhole, meanRows, sliceRows } from './encoder.ts';
import { Graph } from './graph.ts';
import { Net, stack } from './net.ts';
import type { ModelSource, OnnxModel } from './source.ts';

const LOGITS = 'logits are of the classes, in the order of patchwork.classes.';

export function senseModels(source: ModelSource): OnnxModel[] {
  const { senses } = source.objective;
  if (senses === undefined) return [];
  if (senses.apart) return senses.specs.map((sense) => apartModel(source, sense));
  const subsets = subsetsOf(senses.specs.map(({ name }) => name));
  return subsets.toReversed().map((subset) => jointModel(source, subset));
}

/** One encoder with its projection into the common space. */
function apartModel(source: ModelSource, { name, spec }: SenseSpec<Sense>): OnnxModel {
  const { config, parameters } = source;
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const own = net.within(name);
  const tokens = encodeWhole(own, name, spec, addInput(graph, name, spec));
  const mean = meanRows(graph, tokens);
  const projection = unit(graph, own.linear(mean, 'proj'));
  const common = parameters.get(`${name}.proj.bias`)?.spec.shape[0] ?? 0;
  const after = config.contrastive.readout === 'after';
  const embedding = after ? graph.node('Mul', [projection, graph.number(Math.sqrt(common))]) : mean;
  const hasHead = addOutputs(source, net, embedding);
  graph.output('projection', projection, [BATCH, common]);
  graph.output('last_hidden_state', tokens, [BATCH, spec.patches, spec.width]);
  const several = hasHead ? ' logits of several senses are the mean of what each says alone.' : '';
  const about =
    `The encoder of ${name}s. projection: unit vectors; those of one thing point the same way in all senses. ` +
    `embedding: what is averaged over the senses that a sample shows. ${hasHead ? LOGITS : ''}${several}`;
  return { name: `${name}.onnx`, about: about.trim(), graph };
}

/** Some senses through their own blocks and the joint one. */
function jointModel(source: ModelSource, subset: readonly Sense[]): OnnxModel {
  const { objective, parameters } = source;
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const specs = (objective.senses?.specs ?? []).filter(({ name }) => subset.includes(name));
  const typed = specs.map(({ name, spec }) => {
    const own = net.within(name);
    const placed = addAllPositions(own, spec, embed(own, name, spec, addInput(graph, name, spec)));
    return encodeTokens(own, spec, graph.node('Add', [placed, net.parameter(typeVector(name))]));
  });
  const all = typed.length === 1 ? typed[0] : graph.node('Concat', typed, { axis: 1 });
  const tokens = net.norm(stack(net, jointStack(specs[0]?.spec), all), JOINT_NORM);
  let from = 0;
  const means = specs.map(({ spec: { patches } }) => {
    from += patches;
    return meanRows(graph, sliceRows(graph, tokens, from - patches, from));
  });
  const sum = means.reduce((left, right) => graph.node('Add', [left, right]));
  const hasHead = addOutputs(source, net, graph.node('Mul', [sum, graph.number(1 / means.length)]));
  graph.output('last_hidden_state', tokens, [BATCH, from, specs[0]?.spec.width ?? 0]);
  const rows = specs.map(({ name, spec }) => `${spec.patches} of ${name}`).join(', then ');
  const about = `What the joint block makes of ${subset.join(' and ')}: last_hidden_state has ${rows}; embedding is the mean over senses of their means. ${hasHead ? LOGITS : ''}`;
  return { name: `${subset.join('+')}.onnx`, about: about.trim(), graph };
}

/** Whether the model has a head, whose logits come first then. */
function addOutputs({ objective, subject }: ModelSource, net: Net, embedding: string): boolean {
  const hasHead = net.has('head.weight');
  if (hasHead) net.graph.output('logits', net.linear(embedding, 'head'), [BATCH, subject.classes]);
  net.graph.output('embedding', embedding, [BATCH, objective.senses?.width ?? 0]);
  return hasHead;
}

/** Rows at length 1. */
function unit(graph: Graph, x: string): string {
  const squares = graph.node('ReduceSum', [graph.node('Mul', [x, x]), graph.ints(1)], { keepdims: 1 });
  return graph.node('Div', [x, graph.node('Sqrt', [graph.node('Add', [squares, graph.number(L2_EPSILON)])])]);
}
