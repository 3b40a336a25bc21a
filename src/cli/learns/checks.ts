/** What `npm run learns` trains, and what has to come of it (text.md 7.2; multimodal.md 7 and 9.3). */
import { BadSettingError } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import type { Settings } from '../../config/field.ts';
import { SENSES } from '../../config/modalities/names.ts';
import { formOf } from '../../config/modalities.ts';
import { type PresetName, presetRun } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { applySettings } from '../../config/settings.ts';
import { builtInDataset } from '../../data/builtIn.ts';
import type { Dataset } from '../../data/samples.ts';
import type { RobustTask } from '../../trainer/robustness/plan.ts';
import type { Claim } from './claim.ts';
import { lossAt, type Pretrained, pretrain, sensesOf, type Tell, wordsAt } from './learn.ts';

export const CHECKS = ['words', 'contrastive', 'early'] as const;
export type CheckName = (typeof CHECKS)[number];

/** Yields claims as they are measured. */
export type Check = (seed: number, tell: Tell) => AsyncGenerator<Claim, void, void>;

export const CHECK_HELP: Readonly<Record<CheckName, string>> = {
  words: 'BERT on Tales to step 1,000: grammar is learned by then whatever the seed, copying need not be',
  contrastive: 'contrastive pretraining on Paired digits, 1,500 steps, then labels read out before the projection and after it',
  early: 'the same after 400 steps, where senses are half aligned',
};

export const LEARNS: Readonly<Record<CheckName, Check>> = { words, contrastive, early };

const TESTED = 1000;

async function* words(seed: number, tell: Tell): AsyncGenerator<Claim, void, void> {
  const config = configOf('bert-tales', seed);
  const plan = { config, step: 1000, tested: 500, maskRatio: 0.15 };
  const measured = await wordsAt(plan, await datasetOf(config), tell);
  // The prototype had 0.64 to 0.78; what neighbours alone tell is 0.66.
  yield { what: 'masked words of Tales right at step 1,000, masks of 0.15', measured, bound: { above: 0.58 } };
}

async function* contrastive(seed: number, tell: Tell): AsyncGenerator<Claim, void, void> {
  const config = configOf('contrastive-pairs', seed);
  const dataset = await datasetOf(config);
  const pretrained = await pretrain(config, dataset, tell);
  yield* lossClaims(pretrained);
  yield* beforeClaims(pretrained, dataset, tell);
  yield* afterClaims(pretrained, dataset, tell);
}

/** A temperature where its inverse belongs stays at ln 64 = 4.16 for long. */
function* lossClaims(pretrained: Pretrained): Generator<Claim, void, void> {
  for (const [step, below] of [
    [160, 3.85],
    [300, 3.4],
  ])
    yield { what: `contrastive loss at step ${step}, batch 64`, measured: lossAt(pretrained, step), bound: { below } };
}

/** Spaces that nothing aligned: only MASD teaches the other senses. */
async function* beforeClaims(pretrained: Pretrained, dataset: Dataset, tell: Tell): AsyncGenerator<Claim, void, void> {
  const settings = { 'contrastive.readout': 'before' };
  const of = await sensesOf(pretrained, { methods: ['FT', 'MASD'], settings, tested: TESTED }, dataset, tell);
  const [tuned, taught] = [of('FT', 'transfer').performance, of('MASD', 'transfer').performance];
  yield { what: 'before the projection, transfer: MASD above FT, points', measured: taught - tuned, bound: { above: 35 } };
  yield { what: 'before the projection, transfer: FT, %', measured: tuned, bound: { below: 20 } };
}

/** A space that is aligned: a student that only ever sees all of the rest forgets its parts. */
async function* afterClaims(pretrained: Pretrained, dataset: Dataset, tell: Tell): AsyncGenerator<Claim, void, void> {
  const methods = ['FT', 'MASD', 'MASD*'] as const;
  // Where all senses have labels a method's row is fine-tuning's; no other row of that is asked for.
  const needed = ({ method, trainedOn }: RobustTask) => method !== 'FT' || trainedOn.length === SENSES.length;
  const of = await sensesOf(pretrained, { methods, settings: {}, tested: TESTED, needed }, dataset, tell);
  const measured = of('MASD*', 'all').robustness - of('MASD', 'all').robustness;
  yield { what: 'after the projection, R of all: MASD* above MASD, points', measured, bound: { above: 2 } };
}

async function* early(seed: number, tell: Tell): AsyncGenerator<Claim, void, void> {
  const config = configOf('masd-early', seed);
  const dataset = await datasetOf(config);
  const pretrained = await pretrain(config, dataset, tell);
  const of = await sensesOf(pretrained, { methods: ['FT', 'MASD*'], settings: {}, tested: TESTED }, dataset, tell);
  const measured = of('MASD*', 'transfer').performance - of('FT', 'transfer').performance;
  yield { what: 'after 400 steps, transfer: MASD* above FT, points', measured, bound: { above: 6 } };
}

/** @throws BadSettingError when such a run cannot be */
export function configOf(preset: PresetName, seed: number, settings: Settings = {}): RunConfig {
  const config = applySettings(presetRun(preset), { ...settings, 'optimiser.seed': seed });
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(`${problem.message} (${problem.path})`);
  return config;
}

/** Its samples are those of seed 1, as in studies, so that only what is drawn of them differs between seeds. */
export function datasetOf(config: RunConfig): Promise<Dataset> {
  const { dataset } = config.data;
  if (dataset === 'files') throw new BadSettingError('What has to be learned is measured on built-in samples.');
  return builtInDataset(dataset, formOf(config), 1);
}
