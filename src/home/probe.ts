import { type NamedTensor, writeSafetensors } from '../io/safetensors.ts';
import proof from './javascript/proof.mjs?raw';
import { outputsOf } from './outputs.ts';
import type { HomePart } from './part.ts';
import { textFile } from './pictureModel.ts';
import { probeSamples } from './probeSamples.ts';

/** Two samples and what the model makes of them, computed here: what code elsewhere is held against; and one that is, in plain JavaScript. */
export const probe: HomePart = {
  id: 'probe',
  label: 'Probe',
  help: 'Two drawn samples and what this model makes of them, with a proof in plain JavaScript: whoever loads it elsewhere can tell whether it computes the same.',
  path: ['probe.safetensors', 'proof.mjs'],
  async *build(model) {
    const { batch, inputs } = probeSamples(model);
    const tensors: NamedTensor[] = [...inputs, ...(await outputsOf(model, batch))];
    yield { path: 'probe.safetensors', bytes: writeSafetensors(tensors, { format: 'pt' }) };
    yield textFile('proof.mjs', proof);
  },
};
