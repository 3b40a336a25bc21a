/** What the command line measures: the three sizes of MP3, and steps of other objectives and of other samples beside them. */
import { factsOf } from '../config/objectives.ts';
import { presetRun } from '../config/presets.ts';
import type { RunConfig } from '../config/run.ts';
import { applySettings } from '../config/settings.ts';
import { BENCH_CONFIGS, benchRun, describeRun } from './configs.ts';

export const MEASURED_RUNS = [...BENCH_CONFIGS, 'mae', 'data2vec', 'sound', 'contrastive'] as const;
export type MeasuredRun = (typeof MEASURED_RUNS)[number];

/** As `tiny`, and as `small`. */
const TINY = { 'model.width': 64, 'model.depth': 4, 'model.heads': 4, 'optimiser.batch': 32 };
const SMALL = { ...TINY, 'model.width': 128 };

export function measuredRun(name: MeasuredRun): RunConfig {
  switch (name) {
    case 'mae':
      return applySettings(presetRun('mae-scenes'), SMALL);
    case 'data2vec':
      return applySettings(presetRun('data2vec-scenes'), SMALL);
    case 'sound':
      return applySettings(presetRun('mp3-sounds'), TINY);
    case 'contrastive':
      return presetRun('contrastive-pairs');
    default:
      return benchRun(name);
  }
}

/** "MP3, width 64, depth 4, heads 4, 16 patches, batch 32, mask ratio 0". */
export function describeMeasured(config: RunConfig): string {
  return `${factsOf(config).title}, ${describeRun(config)}`;
}
