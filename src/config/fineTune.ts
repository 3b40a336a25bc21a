/** What becomes of a pretrained run when labels arrive. */
import type { ObjectiveName } from './objectives.ts';
import { withObjective } from './presets.ts';
import { defaultRun, type RunConfig } from './run.ts';

type SupervisedSettings = RunConfig['supervised'];

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
  const start = withObjective(defaultRun(), 'supervised');
  const { objective } = pretrained.task;
  return {
    ...start,
    data: { ...pretrained.data, minCrop: start.data.minCrop },
    model: { ...pretrained.model, dropPath: start.model.dropPath },
    optimiser: { ...start.optimiser, seed: pretrained.optimiser.seed },
    supervised: {
      ...start.supervised,
      pooling: READ_OUTS[objective](pretrained),
      ...wanted,
      norm: normOf(pretrained),
      positions: positionsOf(pretrained) ?? wanted.positions ?? newPositions(wanted.train),
    },
  };
}

const READ_OUTS: Readonly<Record<ObjectiveName, (config: RunConfig) => SupervisedSettings['pooling']>> = {
  mp3: ({ mp3 }) => (mp3.masked !== 'positions' && mp3.classToken === 'none' ? 'mean' : 'class'),
  mae: () => 'class',
  simmim: () => 'mean',
  data2vec: () => 'mean',
  selfDistillation: () => 'class',
  supervised: ({ supervised }) => supervised.pooling,
};

/** Where the blocks of a run's encoder have their norms. */
function normOf({ task, supervised }: RunConfig): SupervisedSettings['norm'] {
  if (task.objective === 'supervised') return supervised.norm;
  return task.objective === 'data2vec' ? 'post' : 'pre';
}

/** The positions that a pretrained encoder knows; absent when it learned without. */
function positionsOf({ task, mp3, supervised }: RunConfig): SupervisedSettings['positions'] | undefined {
  if (task.objective === 'supervised') return supervised.positions;
  return task.objective === 'mp3' && mp3.masked !== 'positions' ? undefined : 'sincos';
}

function newPositions(train: SupervisedSettings['train'] = 'all'): SupervisedSettings['positions'] {
  return train === 'all' ? 'learned' : 'none';
}
