import { writeCheckpoint } from '../io/checkpoint.ts';
import type { HomePart } from './part.ts';

/** The whole model as *Save* writes its weights. */
export const weights: HomePart = {
  id: 'weights',
  label: 'Weights',
  help: 'The whole model as safetensors, under timm’s names: Patchwork opens it again, and everything else here comes from it.',
  path: ['model.safetensors'],
  build: ({ placements, values, info }) => [{ path: 'model.safetensors', bytes: writeCheckpoint(placements, values, info) }],
};
