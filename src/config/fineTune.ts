/** What becomes of a pretrained run when labels arrive. */

import { modalityFacts, sampleSections } from './modalities.ts';
import type { SupervisedSettings } from './objectives/supervised.ts';
import { factsOf } from './objectives.ts';
import { withObjective } from './presets.ts';
import { robustRun } from './robustRun.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { applySettings } from './settings.ts';

/**
 * A run with labels on the encoder of a pretrained one: the same size of pictures, patches, width, depth and heads; 500 steps of 64
 * pictures, mirrored if pretraining mirrored them, learning rate 5e-4, decay 0.05, smoothing 0.1 (methods 11).
 *
 * The norm is the pretrained one, and so are positions wherever pretraining had some: their table is in the file. Only MP3 learned
 * without and takes those that are wanted: learned ones, or none where the blocks below stay frozen, as they would stay noise.
 *
 * The read-out is the class token where pretraining made something of it: MP3 with the token in its context, DropPos and MAE,
 * whose decoders read it, self-distillation, which matches it. Else it is the mean of the patches, as in the papers: data2vec 2.0
 * (methods 3.6), SimMIM, and MP3 without the token. A read-out that is asked for is taken as it is.
 *
 * @param wanted labels per class, what to train and so on; may name what is given by the pretrained run, which then counts
 */
export function fineTuneConfig(pretrained: RunConfig, wanted: Partial<SupervisedSettings> = {}): RunConfig {
  // Labels for some of its senses are another objective's affair.
  if (factsOf(pretrained).several) return robustRun(pretrained);
  const start = withObjective(defaultRun(), 'supervised');
  const { encoder } = factsOf(pretrained);
  return {
    ...start,
    data: pretrained.data,
    ...sampleSections(applySettings(pretrained, modalityFacts(pretrained).whole)),
    model: { ...pretrained.model, dropPath: start.model.dropPath },
    optimiser: { ...start.optimiser, seed: pretrained.optimiser.seed },
    supervised: {
      ...start.supervised,
      pooling: encoder.readOut(pretrained),
      ...wanted,
      norm: encoder.norm(pretrained),
      positions: encoder.positions(pretrained) ?? wanted.positions ?? newPositions(wanted.train),
    },
  };
}

function newPositions(train: SupervisedSettings['train'] = 'all'): SupervisedSettings['positions'] {
  return train === 'all' ? 'learned' : 'none';
}
