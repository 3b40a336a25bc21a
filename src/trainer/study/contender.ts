/** A contender as the runs of its tasks. */
import { fineTuneConfig } from '../../config/fineTune.ts';
import { hasWaves } from '../../config/objectives/rules.ts';
import type { RunConfig } from '../../config/run.ts';
import { twinSeed } from '../../config/twinSeed.ts';
import type { Dataset, Samples } from '../../data/samples.ts';
import { readCheckpointInfo } from '../../io/checkpointInfo.ts';
import { asLearned } from '../../io/savedData.ts';
import { chooseLabelled, labelRandom } from '../../objectives/labels.ts';
import { Run } from '../run.ts';
import type { Contender, StudyTask } from './plan.ts';

type Use = Pick<StudyTask, 'protocol' | 'labelsPerClass' | 'seed' | 'twin'>;

/** The settings of a task's run. */
export function configOf({ config, weights }: Contender, { protocol, labelsPerClass, seed, twin }: Use): RunConfig {
  const { positions } = config.supervised;
  return {
    ...config,
    optimiser: { ...config.optimiser, seed: twin === undefined ? seed : twinSeed(seed, twin) },
    supervised: {
      ...config.supervised,
      labelsPerClass,
      ...(twin !== undefined && { labelSeed: seed }),
      positions: protocol === 'finetune' ? positions : frozenPositions(config, weights),
    },
  };
}

/**
 * What a frozen encoder is told of positions: what it learned with. Positions that nobody trained would be noise, so that a
 * random encoder gets fixed ones instead, the best that it can have.
 */
function frozenPositions(config: RunConfig, weights: Uint8Array | undefined): RunConfig['supervised']['positions'] {
  const { positions } = config.supervised;
  if (weights !== undefined) {
    const pretrained = readCheckpointInfo(weights).config;
    return pretrained === undefined ? positions : fineTuneConfig(pretrained, { train: '0' }).supervised.positions;
  }
  const untrained = positions === 'learned' || positions === 'relative';
  if (!untrained) return positions;
  return hasWaves(config) === undefined ? 'sincos' : 'none';
}

/** The samples of a study as a contender reads them: its weights may know other words. */
export function datasetOf({ weights }: Contender, dataset: Dataset): Dataset {
  return weights === undefined ? dataset : asLearned(weights, dataset);
}

/**
 * The run of a task, on the contender's encoder. The caller disposes of it.
 *
 * @param dataset as the contender reads it (`datasetOf`)
 * @throws CheckpointError when the weights are not those of its model
 */
export function openContender(contender: Contender, use: Use, dataset: Dataset): Run {
  const run = new Run(configOf(contender, use), dataset);
  try {
    if (contender.weights !== undefined) run.startFrom(contender.weights);
    return run;
  } catch (error) {
    run.dispose();
    throw error;
  }
}

/** The pictures whose labels a run may see: the same that it would train on. */
export function labelledPictures({ optimiser, supervised }: RunConfig, samples: Samples): number[] {
  return chooseLabelled(samples, supervised.labelsPerClass, labelRandom(supervised.labelSeed || optimiser.seed));
}
