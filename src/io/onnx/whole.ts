/** The model of a run as it reads whole samples: `last_hidden_state`, and what its head says of them. */
import { addInput, BATCH, encodeWhole, patchRows, pool } from './encoder.ts';
import { Graph } from './graph.ts';
import { Net } from './net.ts';
import type { ModelSource, OnnxModel } from './source.ts';
import { wordLogits } from './words.ts';

/** What a graph tells of a sample, beside its tokens. */
interface Head {
  output: string;
  about: string;
}

export function wholeModel(source: ModelSource): OnnxModel {
  const { objective, sense, parameters, config } = source;
  const { spec } = objective;
  const graph = new Graph();
  const net = new Net(graph, parameters);
  const input = addInput(graph, sense, spec);
  const tokens = encodeWhole(net, sense, spec, input);
  const head = addHead(source, net, tokens, input);
  graph.output('last_hidden_state', tokens, [BATCH, spec.patches + (spec.classToken ? 1 : 0), spec.width]);
  const rows = spec.classToken ? 'the class token first, then one row for each token' : 'one row for each token';
  const about = `${config.task.objective}: last_hidden_state is what the encoder makes of a whole sample, ${rows}.`;
  return { name: 'model.onnx', about: head === undefined ? about : `${about} ${head.about}`, graph };
}

/** Adds the outputs that the run's head gives for samples of which nothing is hidden. */
function addHead({ config, objective, subject }: ModelSource, net: Net, tokens: string, input: string): Head | undefined {
  const { graph } = net;
  const { spec } = objective;
  if (config.task.objective === 'supervised') {
    const pooled = pool(net, spec, tokens, config.supervised.pooling, input);
    graph.output('logits', net.linear(pooled, 'head'), [BATCH, subject.classes]);
    return { output: 'logits', about: 'logits are of the classes, in the order of patchwork.classes.' };
  }
  // With positions in its sight an encoder needs no head to say them.
  if (config.task.objective === 'mp3' && spec.positions === 'none') {
    const logits = net.linear(patchRows(graph, spec, tokens), 'head_position');
    graph.output('position_logits', logits, [BATCH, spec.patches, spec.patches]);
    return { output: 'position_logits', about: 'position_logits: for every token (row), how well it fits each cell (column).' };
  }
  if (spec.vocabulary !== undefined && (config.task.objective === 'simmim' || config.task.objective === 'selfDistillation')) {
    graph.output('word_logits', wordLogits(net, tokens), [BATCH, spec.patches, spec.vocabulary]);
    return {
      output: 'word_logits',
      about: 'word_logits: for every place, which word stands there; put id 1 where a word is masked.',
    };
  }
  return undefined;
}
