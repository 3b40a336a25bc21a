/**
 * The content-only floor: what a model without attention (depth 0: embedding, norm, head) reaches, which sees every patch
 * alone. Only accuracy above it comes from relating patches (methods 1.5).
 */
import { modalityFacts, tokenCount } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { applySettings } from '../config/settings.ts';
import type { Dataset } from '../data/samples.ts';
import { positionScores } from './puzzles.ts';
import { Run } from './run.ts';

const FLOOR_STEPS = 400;

/** The floor's own training: the run's data, patches, width and seed, without any block. */
function floorConfig(config: RunConfig): RunConfig {
  const whole = applySettings(config, modalityFacts(config).whole);
  return {
    // A sample whole, but no other puzzle: where a window of words is put in order, the floor gets that window.
    ...(tokenCount(whole) === tokenCount(config) ? whole : config),
    task: { ...config.task, maskRatio: 0 },
    model: { ...config.model, depth: 0 },
    optimiser: { ...config.optimiser, steps: FLOOR_STEPS, warmup: 40, batch: 64, learningRate: 0.003, clip: 1 },
    // DropPos would bring the attention of its decoder, and known positions.
    mp3: { ...config.mp3, classToken: 'none', masked: 'asked', given: 0 },
  };
}

/** Trains the floor step by step, yielding after each, and returns its accuracy on `pictures` held-out pictures. */
export async function* measureContentFloor(
  config: RunConfig,
  dataset: Dataset,
  pictures: readonly number[],
): AsyncGenerator<undefined, number, void> {
  const run = new Run(floorConfig(config), dataset);
  try {
    while (run.steps < FLOOR_STEPS) {
      await run.step();
      yield undefined;
    }
    const scores = yield* positionScores(run, dataset.heldOut, pictures, 0);
    return scores.accuracy;
  } finally {
    run.dispose();
  }
}
