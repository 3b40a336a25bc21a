/** What MAE and SimMIM would cost with the same settings, counted. */
import { keptCount } from '../../config/counts.ts';
import { gridOf, modalityFacts, tokenCount } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import { unitKeptCount } from '../../objectives/masks.ts';
import type { Subject } from '../../objectives/objective.ts';
import { stepFlops } from '../../trainer/flops.ts';

export interface Side {
  /** Tokens of the sample that the model is shown. */
  kept: number;
  /** What enters the encoder, the class token included; words have none. */
  tokens: number;
  /** Arithmetic of one training step, in 1e9 floating-point operations. */
  gflop: number;
}

export interface Sides {
  mae: Side;
  simmim: Side;
}

export function sidesOf(config: RunConfig, subject: Subject): Sides {
  const gflop = (objective: 'mae' | 'simmim'): number =>
    stepFlops(withSetting(config, 'task.objective', objective), subject) / 1e9;
  const count = tokenCount(config);
  const kept = keptCount(count, config.task.maskRatio);
  const { ids } = modalityFacts(config);
  const classTokens = ids ? 0 : 1;
  const maskUnit = ids ? 1 : config.simmim.maskUnit;
  return {
    mae: { kept, tokens: (!ids && config.mae.encoderSees === 'all' ? count : kept) + classTokens, gflop: gflop('mae') },
    simmim: {
      kept: unitKeptCount(gridOf(config), maskUnit, config.task.maskRatio),
      tokens: count + classTokens,
      gflop: gflop('simmim'),
    },
  };
}
