/** From what is chosen on the page to a study's plan. */

import { fineTuneConfig } from '../../config/fineTune.ts';
import { titleOf } from '../../config/inWords.ts';
import { modalityFacts, modalityOf, samplesText } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { getSetting } from '../../config/settings.ts';
import { groupBy } from '../../data/groupBy.ts';
import { ensembleOf } from '../../trainer/study/ensemble.ts';
import type { Contender, Protocol, StudyPlan } from '../../trainer/study/plan.ts';
import type { KeptRun } from '../store/runs.ts';
import type { StudyChoice, StudyProblem } from '../store/study.ts';

export const SIZES = [2, 5, 10, 20, 50, 100, 200, 0] as const;
export const MOST_SEEDS = 10;
export const MOST_STEPS = 20_000;
/** Pictures that a study tests on at most: a percent of them is ten. */
export const TEST_PICTURES = 1000;

export const PROTOCOL_LABELS: Readonly<Record<Protocol, string>> = {
  finetune: 'fine-tune',
  linear: 'linear probe',
  knn: 'nearest neighbours',
};

export interface StartedRun extends KeptRun {
  weights: Uint8Array;
}

/** What keeps a choice from being studied, as far as the page can tell; the worker looks at the pictures themselves. */
export function checkChoice(choice: StudyChoice, runs: readonly KeptRun[]): StudyProblem | null {
  const problem = (at: StudyProblem['at'], message: string): StudyProblem => ({ at, message });
  const forms = [...new Set(runs.map(({ config }) => samplesText(config)))];
  if (forms.length > 1)
    return problem('runs', `These runs learned from ${forms.join(' and ')}: compare runs of one kind and size.`);
  const [first] = runs;
  const data = { dataset: choice.dataset, modality: first?.config.data.modality ?? 'picture' };
  if (first !== undefined && modalityOf(first.config) !== modalityOf({ data: { ...first.config.data, ...data } })) {
    return problem(
      'runs',
      `These runs read ${modalityFacts(first.config).words.samples}: choose labelled ${modalityFacts(first.config).words.samples}.`,
    );
  }
  const splits = [
    ...new Set(runs.filter(({ config }) => config.data.dataset === 'files').map(({ config }) => config.data.splitSeed)),
  ];
  if (choice.dataset === 'files' && splits.length > 1) {
    return problem(
      'runs',
      `These runs held out other files (split seeds ${splits.join(' and ')}): what one is tested on, another has learned from. Compare them apart.`,
    );
  }
  if (runs.length === 0 && !choice.scratch && !choice.random) return problem('runs', 'Choose at least one run to compare.');
  if (choice.ensembles && runs.length < 2)
    return problem('runs', 'An ensemble is of two kept runs or more: tick them in the table above.');
  if (choice.ensembles && !choice.protocols.includes('finetune'))
    return problem('form', 'Members of an ensemble are fine-tuned: choose that too.');
  if (choice.protocols.length === 0) return problem('form', 'Choose at least one way to use the labels.');
  if (choice.sizes.length === 0) return problem('labels', 'Choose at least one number of labels.');
  if (runs.length === 0 && !choice.random && !choice.protocols.includes('finetune')) {
    return problem('form', 'Training from scratch is fine-tuning without a start: choose that too.');
  }
  if (runs.length === 0 && !choice.scratch && choice.protocols.every((protocol) => protocol === 'finetune')) {
    return problem('form', 'A frozen random encoder is only read out: choose linear probe or nearest neighbours too.');
  }
  return null;
}

/**
 * @param runs those chosen, with their weights
 * @param model of contenders without pretraining when no run is chosen
 */
export function makePlan(choice: StudyChoice, runs: readonly StartedRun[], model: RunConfig): StudyPlan {
  const use = (config: RunConfig): RunConfig => withChoice(config, choice);
  const pretrained = runs.map(
    ({ name, config, weights, cost }): Contender => ({
      name,
      config: use(fineTuneConfig(config)),
      weights,
      learned: config.task,
      model: modelOf(config),
      ...(cost === null ? {} : { pretraining: cost }),
    }),
  );
  const alone = [...baselines(choice, runs.length === 0 ? [model] : runs.map(({ config }) => config)), ...pretrained];
  return {
    contenders: [...alone, ...(choice.ensembles ? ensembles(alone, pretrained) : [])],
    protocols: choice.protocols,
    labelsPerClass: byAmount(choice.sizes),
    seeds: seedsOf(choice),
    testPictures: TEST_PICTURES,
    locality: true,
  };
}

/** Every two pretrained contenders together, and two seeds of each: what any second run would add. */
function ensembles(alone: readonly Contender[], pretrained: readonly Contender[]): Contender[] {
  const places = pretrained.map((contender) => alone.indexOf(contender));
  const nameOf = (place: number): string => alone[place]?.name ?? '';
  const pairs = places.flatMap((a, i) =>
    places.slice(i + 1).map((b) => ensembleOf(`${nameOf(a)} + ${nameOf(b)}`, alone, [a, b])),
  );
  return [...pairs, ...places.map((place) => ensembleOf(`${nameOf(place)}, two seeds`, alone, [place, place]))];
}

export function seedsOf({ seeds }: StudyChoice): number[] {
  return Array.from({ length: seeds }, (_, i) => i + 1);
}

/** Ascending; all labels (0) are the most. */
export function byAmount(sizes: readonly number[]): number[] {
  return sizes.toSorted((a, b) => (a === 0 ? Number.POSITIVE_INFINITY : a) - (b === 0 ? Number.POSITIVE_INFINITY : b));
}

/** From scratch and frozen at random, once for every model among the runs: what is left of them without their pretraining. */
function baselines(choice: StudyChoice, configs: readonly RunConfig[]): Contender[] {
  const models = groupBy(configs, modelOf);
  const names = namesOfModels(models);
  return [...models].flatMap(([model, [config]]) => {
    const which = models.size === 1 ? '' : `, as ${names.get(model)}`;
    const use = (train: RunConfig['supervised']['train']) => withChoice(fineTuneConfig(config, { train }), choice);
    const scratch: Contender = { name: `From scratch${which}`, model, config: use('all'), protocols: ['finetune'] };
    const random: Contender = { name: `Random, frozen${which}`, model, config: use('0'), protocols: ['linear', 'knn'] };
    return [...(choice.scratch ? [scratch] : []), ...(choice.random ? [random] : [])].filter(({ protocols = [] }) =>
      protocols.some((protocol) => choice.protocols.includes(protocol)),
    );
  });
}

/** What stays of a run when its weights are taken away: sizes, norm, read-out, and positions when everything learns or nothing. */
function modelOf(config: RunConfig): string {
  const { model, supervised } = fineTuneConfig(config);
  return JSON.stringify([
    modalityFacts(config).cutBy.map((path) => getSetting(config, path)),
    model,
    supervised,
    fineTuneConfig(config, { train: '0' }).supervised.positions,
  ]);
}

/** "MAE and self-distillation", with sizes where objectives alone do not tell models apart. */
function namesOfModels(models: ReadonlyMap<string, readonly RunConfig[]>): Map<string, string> {
  const titles = [...models].map(([model, configs]) => {
    const own = new Set(configs.map((config) => titleOf(config)));
    return { model, title: [...own].join(' and '), shape: describeShape(configs[0]) };
  });
  const isAlone = (title: string) => titles.filter((other) => other.title === title).length === 1;
  return new Map(titles.map(({ model, title, shape }) => [model, isAlone(title) ? title : `${title}, ${shape}`]));
}

export function describeShape(config: RunConfig): string {
  const { model } = config;
  return `width ${model.width}, depth ${model.depth}, ${modalityFacts(config).cut(config)}`;
}

/** A tenth of a short run warms up. */
function withChoice(config: RunConfig, { dataset, steps }: StudyChoice): RunConfig {
  const { optimiser } = config;
  const warmup = Math.min(optimiser.warmup, Math.floor(steps / 10));
  return {
    ...config,
    data: { ...config.data, dataset },
    picture: { ...config.picture, flip: dataset !== 'digits' && config.picture.flip },
    optimiser: { ...optimiser, steps, warmup },
  };
}
