/** What MAE and SimMIM would cost with the same settings, counted. */
import { keptCount } from '../../config/counts.ts';
import { gridOf, tokenCount } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import { unitKeptCount } from '../../objectives/masks.ts';
import type { Subject } from '../../objectives/objective.ts';
import { stepFlops } from '../../trainer/flops.ts';

export interface Side {
  /** Tokens of the sample that the model is shown. */
  kept: number;
  /** What enters the encoder, the class token included. */
  tokens: number;
  /** Arithmetic of one training step, in 1e9 floating-point operations. */
  gflop: number;
}

export function sidesOf(config: RunConfig, subject: Subject): { mae: Side; simmim: Side } {
  const gflop = (objective: 'mae' | 'simmim'): number =>
    stepFlops(withSetting(config, 'task.objective', objective), subject) / 1e9;
  const count = tokenCount(config);
  const kept = keptCount(count, config.task.maskRatio);
  return {
    mae: { kept, tokens: kept + 1, gflop: gflop('mae') },
    simmim: {
      kept: unitKeptCount(gridOf(config), config.simmim.maskUnit, config.task.maskRatio),
      tokens: count + 1,
      gflop: gflop('simmim'),
    },
  };
}
