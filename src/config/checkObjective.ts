/** Rules of single objectives, on runs whose grid and model fit together. */
import { contextCount, gridSide, keptCount, type Problem, patchCount } from './counts.ts';
import { LIMITS } from './limits.ts';
import type { ObjectiveName } from './objectives.ts';
import type { RunConfig } from './run.ts';

type Rule = (config: RunConfig) => Problem | undefined;

const RULES: Readonly<Record<ObjectiveName, readonly Rule[]>> = {
  mp3: [dropsNotAll],
  mae: [keepsSome, removesSome, hasWaves, decoderFits],
  simmim: [removesSome, hasWaves, unitFits, keepsUnit],
  data2vec: [keepsSome, removesSome, hasWaves, hasBlocks, groupsFit, clonesFit],
  selfDistillation: [keepsSome, removesSome, hasWaves, decoderFits],
  supervised: [],
};

export function checkObjective(config: RunConfig): Problem[] {
  const problems = RULES[config.task.objective].map((rule) => rule(config));
  // Fixed positions are waves in four parts, whoever asks for them.
  if (config.task.objective === 'supervised' && config.supervised.positions === 'sincos') problems.push(hasWaves(config));
  return problems.filter((problem) => problem !== undefined);
}

function keepsSome(config: RunConfig): Problem | undefined {
  const patches = patchCount(config);
  if (keptCount(patches, config.task.maskRatio) >= 1) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} leaves none of the ${patches} patches to look at. Lower it, or use smaller patches.`,
  };
}

function removesSome(config: RunConfig): Problem | undefined {
  const patches = patchCount(config);
  if (keptCount(patches, config.task.maskRatio) < patches) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} removes none of the ${patches} patches, so there is nothing to predict. Raise it.`,
  };
}

/** With positions dropped, some kept patch must be left to ask for its place. */
function dropsNotAll(config: RunConfig): Problem | undefined {
  const { masked, anchors } = config.mp3;
  if (masked !== 'positions') return undefined;
  const kept = contextCount(patchCount(config), config.task.maskRatio);
  if (kept > Math.floor(anchors * kept + 1e-9) && config.model.width % 4 === 0) return undefined;
  return (
    hasWaves(config) ?? { path: 'mp3.anchors', message: 'Every kept patch is told its position, so there is nothing to ask.' }
  );
}

function hasWaves({ model }: RunConfig): Problem | undefined {
  if (model.width % 4 === 0) return undefined;
  return { path: 'model.width', message: `Width ${model.width} must be a multiple of 4 for sine-cosine positions.` };
}

function decoderFits({ mae }: RunConfig): Problem | undefined {
  if (mae.decoderWidth % DECODER_HEAD_WIDTH === 0) return undefined;
  return { path: 'mae.decoderWidth', message: `The decoder\u2019s width must be a multiple of ${DECODER_HEAD_WIDTH}.` };
}

/** Numbers of one head of MAE's decoder (512 / 16 in the paper). */
export const DECODER_HEAD_WIDTH = 32;

function unitFits(config: RunConfig): Problem | undefined {
  const side = gridSide(config);
  const { maskUnit } = config.simmim;
  if (side % maskUnit === 0 && side > maskUnit) return undefined;
  return {
    path: 'simmim.maskUnit',
    others: ['model.patch', 'data.size'],
    message: `Mask units of ${maskUnit} x ${maskUnit} do not cut a grid of ${side} x ${side} patches into two or more whole ones.`,
  };
}

function keepsUnit(config: RunConfig): Problem | undefined {
  const { maskUnit } = config.simmim;
  const units = (gridSide(config) / maskUnit) ** 2;
  if (Math.ceil(config.task.maskRatio * units - 1e-9) < units) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['simmim.maskUnit', 'model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} masks all ${units} units of ${maskUnit} x ${maskUnit} patches. Lower it, or take smaller units.`,
  };
}

/** Targets are what the teacher's blocks make of a picture. */
function hasBlocks({ model }: RunConfig): Problem | undefined {
  if (model.depth >= 1) return undefined;
  return { path: 'model.depth', message: 'A model without blocks has no targets to predict. Take a depth of 1 or more.' };
}

function groupsFit({ model, data2vec }: RunConfig): Problem | undefined {
  if (model.width % data2vec.decoderGroups === 0) return undefined;
  return {
    path: 'data2vec.decoderGroups',
    others: ['model.width'],
    message: `Width ${model.width} must be a multiple of the decoder\u2019s ${data2vec.decoderGroups} groups.`,
  };
}

/** What a step keeps for its gradient grows with the clones: decoder maps of every clone, and the student\u2019s tokens. */
function clonesFit(config: RunConfig): Problem | undefined {
  const { model, optimiser, data2vec, task } = config;
  const patches = patchCount(config);
  const clones = optimiser.batch * data2vec.masks;
  const kept = keptCount(patches, task.maskRatio) + 1;
  const numbers = clones * (patches * model.width * 4 * data2vec.decoderDepth + kept * model.width * 18 * model.depth);
  const bytes = 4 * numbers;
  if (bytes <= LIMITS.stepBytes) return undefined;
  return {
    path: 'data2vec.masks',
    others: ['optimiser.batch', 'model.width', 'model.depth', 'model.patch'],
    message:
      `${data2vec.masks} masks of ${optimiser.batch} pictures are ${clones} students a step, about ${(bytes / 2 ** 30).toFixed(1)} GiB. ` +
      `At most ${LIMITS.stepBytes / 2 ** 30} GiB fit: take fewer masks or a smaller batch.`,
  };
}
