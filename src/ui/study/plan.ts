/** From what is chosen on the page to a study's plan. */
import { fineTuneConfig } from '../../config/fineTune.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
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
  const sides = [...new Set(runs.map(({ config }) => config.data.size))];
  if (sides.length > 1) {
    const said = sides.map((side) => `${side} px`).join(' and ');
    return problem('runs', `These runs look at pictures of ${said}: compare runs of one picture size.`);
  }
  if (runs.length === 0 && !choice.scratch && !choice.random) return problem('runs', 'Choose at least one run to compare.');
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
      ...(cost === null ? {} : { pretraining: cost }),
    }),
  );
  return {
    contenders: [...baselines(choice, runs.length === 0 ? [model] : runs.map(({ config }) => config)), ...pretrained],
    protocols: choice.protocols,
    labelsPerClass: byAmount(choice.sizes),
    seeds: seedsOf(choice),
    testPictures: TEST_PICTURES,
    locality: true,
  };
}

export function seedsOf({ seeds }: StudyChoice): number[] {
  return Array.from({ length: seeds }, (_, i) => i + 1);
}

/** Ascending; all labels (0) are the most. */
export function byAmount(sizes: readonly number[]): number[] {
  return sizes.toSorted((a, b) => (a === 0 ? Number.POSITIVE_INFINITY : a) - (b === 0 ? Number.POSITIVE_INFINITY : b));
}

/** From scratch and frozen at random, once for every shape of model among the runs. */
function baselines(choice: StudyChoice, configs: readonly RunConfig[]): Contender[] {
  const shapes = new Map(configs.map((config) => [JSON.stringify([config.model, config.data.size]), config]));
  return [...shapes.values()].flatMap((config) => {
    const shape = shapes.size === 1 ? '' : `, ${describeShape(config)}`;
    // An objective without positions of its own: the baseline learns them, as plain ViTs do.
    const plain = withChoice(fineTuneConfig({ ...defaultRun(), data: config.data, model: config.model }), choice);
    const scratch: Contender = { name: `From scratch${shape}`, config: plain, protocols: ['finetune'] };
    const random: Contender = { name: `Random, frozen${shape}`, config: plain, protocols: ['linear', 'knn'] };
    return [...(choice.scratch ? [scratch] : []), ...(choice.random ? [random] : [])].filter(({ protocols = [] }) =>
      protocols.some((protocol) => choice.protocols.includes(protocol)),
    );
  });
}

export function describeShape({ model }: RunConfig): string {
  return `width ${model.width}, depth ${model.depth}, patch ${model.patch}`;
}

/** A tenth of a short run warms up. */
function withChoice(config: RunConfig, { dataset, steps }: StudyChoice): RunConfig {
  const { optimiser } = config;
  const warmup = Math.min(optimiser.warmup, Math.floor(steps / 10));
  return {
    ...config,
    data: { ...config.data, dataset, flip: dataset !== 'digits' && config.data.flip },
    optimiser: { ...optimiser, steps, warmup },
  };
}
