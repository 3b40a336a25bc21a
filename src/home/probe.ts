import { type NamedTensor, writeSafetensors } from '../io/safetensors.ts';
import { outputsOf } from './outputs.ts';
import type { HomePart } from './part.ts';
import { probeSamples } from './probeSamples.ts';

/** Two samples and what the model makes of them, computed here: what code elsewhere is held against. */
export const probe: HomePart = {
  id: 'probe',
  label: 'Probe',
  help: 'Two drawn samples and what this model makes of them: whoever loads it elsewhere can prove that it computes the same.',
  path: ['probe.safetensors'],
  async *build(model) {
    const { batch, inputs } = probeSamples(model);
    const tensors: NamedTensor[] = [...inputs, ...(await outputsOf(model, batch))];
    yield { path: 'probe.safetensors', bytes: writeSafetensors(tensors, { format: 'pt' }) };
  },
};
