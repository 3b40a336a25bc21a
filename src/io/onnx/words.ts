/** What guesses words: objectives/words.ts once more. */
import { WORD_TABLE } from '../../model/stem.ts';
import type { Net } from './net.ts';

const HEAD = 'head_words';

/** (..., d) -> (..., V), with the table that reads words where the model has no other. */
export function wordLogits(net: Net, hidden: string): string {
  const { graph } = net;
  const matrix = net.has(`${HEAD}.weight`)
    ? net.parameter(`${HEAD}.weight`)
    : graph.node('Transpose', [net.parameter(WORD_TABLE)], { perm: [1, 0] });
  return graph.node('Add', [graph.node('MatMul', [hidden, matrix]), net.parameter(`${HEAD}.bias`)]);
}
