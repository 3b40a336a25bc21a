import { factsOf } from '../../config/objectives.ts';
import type { CheckpointInfo } from '../checkpoint.ts';
import type { RunRecord } from './record.ts';

/** What a file of a run's weights would say of it (`savedInfo`). */
export function recordInfo({ config, steps, data, engine }: RunRecord): CheckpointInfo {
  const { name, fingerprint, recipe, traits, classes, mean, deviation } = data;
  return {
    step: steps,
    channels: traits.channels,
    config: JSON.stringify(config),
    tokens: JSON.stringify(recipe),
    ...(mean.length === 0 || traits.vocabulary !== undefined ? {} : { mean, deviation }),
    ...(classes.length === 0 ? {} : { classes }),
    pooling: factsOf(config).encoder.readOut(config),
    heads: config.model.heads,
    ...(engine.length === 0 ? {} : { version: engine[engine.length - 1].version }),
    ...(fingerprint === undefined ? {} : { data: JSON.stringify({ name, ...fingerprint }) }),
  };
}
