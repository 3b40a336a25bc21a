/** Fine-tuning: where it starts, with which settings, and what the run was like before. */

import { checkRun } from '../../config/check.ts';
import { fineTuneConfig } from '../../config/fineTune.ts';
import { modalityFacts, sampleSections } from '../../config/modalities.ts';
import { NO_START, needsStart, REGULARISER_FIELDS } from '../../config/objectives/regularisers.ts';
import { presetRun } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { applySettings, withSetting } from '../../config/settings.ts';

/** A kept run by its id, the run under way, a file, or nothing: random weights. */
export type Start = string | 'current' | 'file' | 'scratch';

export interface Locality {
  /** (depth, heads) in patches. */
  distances: Float32Array;
  uniform: number;
}

/** The run under way, as far as this page began it. */
export interface FineTuning {
  config: RunConfig;
  startName: string;
  /** `making`: the trainer does not have it yet. `measuring`: what it is like before its first step. */
  state: 'making' | 'measuring' | 'begun';
  before: Locality | null;
}

export interface FineTuneState {
  start: Start;
  /** Somebody has chosen something here, or the page has suggested a start: it changes nothing by itself any more. */
  chosen: boolean;
  /** What the file says of the run that saved it. */
  file: { name: string; config: RunConfig } | null;
  draft: RunConfig;
  /** Why the file that was chosen last cannot be a start; the one before stays. */
  fileProblem: string | null;
  /** What the trainer had to say against it. */
  refused: { path: string; message: string } | null;
  run: FineTuning | null;
  /** What the run under way was to this page, until the one that is asked for takes its place. */
  replaced: FineTuning | null;
}

/** The settings that the page shows, beside where it starts; those of regularisers only while they do something. */
export const FINE_TUNE_PATHS: readonly string[] = [
  'data.dataset',
  'supervised.labelsPerClass',
  'supervised.train',
  'supervised.positions',
  'supervised.pooling',
  'optimiser.steps',
  'optimiser.learningRate',
  'optimiser.batch',
  'supervised.layerDecay',
  'supervised.smoothing',
  'supervised.mixup',
  'supervised.cutmix',
  ...Object.keys(REGULARISER_FIELDS).map((name) => `supervised.${name}`),
  'optimiser.seed',
  'supervised.labelSeed',
];

export const FIRST_FINE_TUNE: FineTuneState = {
  start: 'scratch',
  chosen: false,
  file: null,
  draft: presetRun('labels-scenes'),
  fileProblem: null,
  refused: null,
  run: null,
  replaced: null,
};

/** The settings for another start: what it gives is taken from it, what was chosen before stays. */
export function draftFor(pretrained: RunConfig | null, model: RunConfig, draft: RunConfig): RunConfig {
  const { norm: _norm, pooling: _pooling, positions: _positions, ...chosen } = draft.supervised;
  const { steps, learningRate, batch, seed } = draft.optimiser;
  const fresh = pretrained === null ? fromScratch(model) : fineTuneConfig(pretrained, chosen);
  return {
    ...fresh,
    picture: { ...fresh.picture, flip: fresh.data.dataset !== 'digits' },
    supervised: { ...fresh.supervised, ...chosen },
    optimiser: { ...fresh.optimiser, steps, learningRate, batch, seed, warmup: warmupOf(steps) },
  };
}

/** A model without a start learns positions, as plain ViTs do. */
function fromScratch(config: RunConfig): RunConfig {
  const { data, model } = config;
  const plain = presetRun('labels-scenes');
  return {
    ...plain,
    data: { ...plain.data, dataset: data.dataset, modality: data.modality, splitSeed: data.splitSeed },
    ...sampleSections(applySettings(config, modalityFacts(config).whole)),
    model,
  };
}

/** A tenth of a short run warms up. */
function warmupOf(steps: number): number {
  return Math.min(50, Math.floor(steps / 10));
}

export function withDraftSetting(draft: RunConfig, path: string, value: string | number | boolean): RunConfig {
  const changed = withSetting(draft, path, value);
  if (path === 'optimiser.steps' && typeof value === 'number') return withSetting(changed, 'optimiser.warmup', warmupOf(value));
  // Mirrored digits are no digits.
  return path === 'data.dataset' ? withSetting(changed, 'picture.flip', value !== 'digits') : changed;
}

/** Whether a start leaves open what the model is told of positions. */
export function positionsAreFree(pretrained: RunConfig | null): boolean {
  if (pretrained === null) return true;
  return (
    fineTuneConfig(pretrained, { positions: 'none' }).supervised.positions === 'none' &&
    fineTuneConfig(pretrained, { positions: 'relative' }).supervised.positions === 'relative'
  );
}

export interface FieldProblem {
  path: string;
  message: string;
}

/** What keeps the draft from running, as far as the page knows. `labels`: classes of the visitor's files, null when there are none. */
export function fineTuneProblems(
  { draft, refused, start }: FineTuneState,
  pretrained: RunConfig | null,
  files: { usable: boolean; classes: readonly string[] | null },
): FieldProblem[] {
  const problems: FieldProblem[] = checkRun(draft).map(({ path, message }) => ({ path, message }));
  if (draft.data.dataset === 'files') {
    const { classes } = files;
    if (!files.usable)
      problems.push({
        path: 'data.dataset',
        message: 'Add your files on the Pretrain page first, one folder for each class.',
      });
    else if (classes !== null && classes.length < 2) {
      // One folder alone is not taken for a class: that may just be where the files were.
      const what =
        classes.length === 0
          ? 'Your files have no labels, or lie all in one folder'
          : `Your files are all of class ${classes[0]}`;
      const message = `${what}. One class is not enough: bring two or more, one folder for each, named after it.`;
      problems.push({ path: 'data.dataset', message });
    }
  }
  if (pretrained !== null && draft.model.depth < Number(draft.supervised.train)) {
    problems.push({ path: 'supervised.train', message: `The model has ${draft.model.depth} blocks only.` });
  }
  if (start === 'scratch' && needsStart(draft)) problems.push({ path: 'supervised.regulariser', message: NO_START });
  return refused === null ? problems : [...problems, refused];
}
