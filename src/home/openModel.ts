/** A model to take home, from a file of weights or of a whole run. */
import { CheckpointError } from '../base/errors.ts';
import { factsOf } from '../config/objectives.ts';
import type { Recipe } from '../data/samples.ts';
import { type CheckpointInfo, readCheckpoint } from '../io/checkpoint.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';
import { isRunFile } from '../io/runFile.ts';
import { asWeights } from '../io/runFiles/asWeights.ts';
import { readHeader } from '../io/safetensorsHeader.ts';
import { recipeIn } from '../io/savedData.ts';
import { placeParameters } from '../model/parameters.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
import type { HomeModel } from './part.ts';
import { subjectIn } from './subject.ts';

/**
 * @param file safetensors that Patchwork saved: weights, or a whole run
 * @throws CheckpointError when it is not, or when its tensors are not those of the run that it names
 */
export function openModel(file: Uint8Array): HomeModel {
  const bytes = asWeights(file);
  const { config, whole: _, ...said } = readCheckpointInfo(bytes);
  if (config === undefined) {
    throw new CheckpointError(
      'The file does not say which run its weights are of: only what Patchwork saved can be taken home. Load or fine-tune it, and save that.',
    );
  }
  const subject = subjectIn(readHeader(bytes).entries, config);
  const objective = OBJECTIVES[config.task.objective](config, subject);
  const placements = placeParameters(objective.parameters);
  const { values } = readCheckpoint(bytes, placements);
  const { tokens, data, ...known } = said;
  const recipe = recipeIn(bytes);
  const info: CheckpointInfo = {
    ...statisticsIn(recipe),
    ...known,
    config: JSON.stringify(config),
    ...(tokens === undefined ? {} : { tokens }),
    ...(data === undefined ? {} : { data }),
    pooling: known.pooling ?? factsOf(config).encoder.readOut(config),
    heads: objective.spec.heads,
  };
  const model = { config, info, recipe, subject, objective, placements, values, step: said.step };
  return isRunFile(file) ? { ...model, run: file } : model;
}

/** Where old files have them. */
function statisticsIn({ mean, deviation }: Recipe): Pick<CheckpointInfo, 'mean' | 'deviation'> {
  const isList = (value: unknown): value is number[] => Array.isArray(value) && value.every((one) => Number.isFinite(one));
  return isList(mean) && isList(deviation) && mean.length === deviation.length ? { mean, deviation } : {};
}
