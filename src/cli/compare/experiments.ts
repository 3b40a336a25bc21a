/** The list of experiments that `compare` works through: what may stand in it, and what is wrong with it, by path. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import type { Settings } from '../../config/field.ts';
import { OBJECTIVE_NAMES } from '../../config/objectives.ts';
import { PRESET_NAMES } from '../../config/presets.ts';
import { ROBUST_BASELINES, ROBUST_METHODS } from '../../config/robustMethods.ts';
import { SWEEP_BASELINES, type SweepBaseline } from '../../config/sweep/sweep.ts';
import { PROTOCOL_NAMES } from '../protocols.ts';
import { checkEnsembles } from './ensembleList.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const settings = z.record(z.string(), value).default({});
const places = z
  .union([
    z
      .string()
      .min(1)
      .transform((place) => [place]),
    z.array(z.string().min(1)),
  ])
  .default([]);

/** Weights from a file, or from a run: a preset or an objective, with other settings. */
const pretrain = z.union(
  [
    /** `{seed}` in it stands for the unit's seed. */
    z.strictObject({ from: z.string().min(1) }),
    z.strictObject({
      preset: z.enum(PRESET_NAMES).optional(),
      objective: z.enum(OBJECTIVE_NAMES).optional(),
      settings,
      steps: z.int().min(1).optional(),
      /** Whether every seed has a pretraining of its own, as in a sweep unless told; else all share the one of the settings' seed. */
      eachSeed: z.boolean().optional(),
      /** Which further pretraining of a seed it is, from 1 (`twinSeed`): beside the first, an ensemble's stricter control. */
      twin: z.int().min(1).optional(),
    }),
  ],
  'Expected {"from": FILE}, or {"preset" or "objective", "settings", "steps", "eachSeed", "twin"}, or null for none.',
);

export const PRETRAINING_MEASURES = ['scores', 'stepTime', 'stepMemory'] as const;

/** In place of protocols: labels for every subset of the senses, tests on every subset (`trainer/robustness/plan.ts`). */
const robustness = z.strictObject({
  methods: z.array(z.enum(ROBUST_METHODS)).default([...ROBUST_METHODS]),
  baselines: z.array(z.enum(ROBUST_BASELINES)).default([...ROBUST_BASELINES]),
  /** Shares of WiSE-FT. */
  alphas: z.array(z.number().min(0).max(1)).default([0.75]),
  scratchSteps: z.int().min(1).default(600),
});

const fields = z.strictObject({
  name: z.string().min(1),
  /** Null: from scratch, and for frozen protocols a random encoder. */
  pretrain: pretrain.nullable().default(null),
  /** Labelled pictures, for pretraining too; those of the pretraining's settings when absent. */
  data: places,
  val: places,
  protocols: z.array(z.enum(PROTOCOL_NAMES)).default(['full']),
  /** What of the pretraining itself is told: its scores on held-out samples, the time and the memory of its steps. */
  measures: z.array(z.enum(PRETRAINING_MEASURES)).default([]),
  /** Mask ratios at which scores are told too. */
  testMaskRatios: z.array(z.number().min(0).max(0.95)).optional(),
  /** Whether how far heads look is told, before and after fine-tuning. */
  locality: z.boolean().optional(),
  /** One setting or two, and their values: an experiment for each combination. */
  sweep: z.record(z.string(), z.array(value)).optional(),
  /** Of a sweep: what it is compared with. */
  baselines: z.array(z.enum(SWEEP_BASELINES)).default([]),
  /** Of a sweep: steps at which each pretraining is looked at on its way. */
  checkpointsAt: z.array(z.int().min(1)).default([]),
  labelsPerClass: z
    .union([
      z
        .int()
        .min(0)
        .transform((size) => [size]),
      z.array(z.int().min(0)).min(1),
    ])
    .default([0]),
  seeds: z.array(z.int().min(0)).min(1).default([1, 2, 3]),
  finetune: z.strictObject({ settings }).default({ settings: {} }),
  testPictures: z.int().min(1).default(100_000),
  robustness: robustness.optional(),
  /** In place of `pretrain`: ways to come by an encoder, by name. All see the same labels and are told alone. */
  members: z
    .record(
      z.string().min(1),
      z.strictObject({
        pretrain: pretrain.nullable().default(null),
        finetune: z.strictObject({ settings }).default({ settings: {} }),
      }),
    )
    .optional(),
  /** Members that answer together; one that is named once more takes part with other weights and batches, on the same labels. */
  ensembles: z.array(z.array(z.string()).min(2)).min(1).optional(),
});

const experiment = fields
  .refine(({ protocols, measures }) => protocols.length + measures.length > 0, {
    path: ['protocols'],
    message: 'Nothing is measured: name a protocol, or "measures": ["scores"].',
  })
  .refine(({ measures, pretrain: start }) => measures.length === 0 || (start !== null && !('from' in start)), {
    path: ['measures'],
    message: 'Scores, and the time and memory of a step, are of a pretraining, and this experiment trains none.',
  })
  .refine(({ sweep, baselines, checkpointsAt }) => sweep !== undefined || baselines.length + checkpointsAt.length === 0, {
    path: ['sweep'],
    message: '"baselines" and "checkpointsAt" belong to a sweep: {"sweep": {"task.maskRatio": [0.25, 0.5, 0.75]}}.',
  })
  .refine(({ sweep, robustness: asked }) => sweep === undefined || asked === undefined, {
    path: ['sweep'],
    message: 'A robustness study is no sweep: list one experiment for each value.',
  })
  .refine(({ robustness: asked, pretrain: start }) => asked === undefined || start !== null, {
    path: ['pretrain'],
    message: 'A robustness study starts from pretraining on several senses: a preset such as contrastive-pairs, or a file.',
  })
  .refine(({ robustness: asked, labelsPerClass }) => asked === undefined || labelsPerClass.every((size) => size === 0), {
    path: ['labelsPerClass'],
    message: 'A robustness study takes its labels from "finetune": {"settings": {"robust.labelsPerClass": 50}}.',
  })
  .check(checkEnsembles);

/** Where an experiment that a sweep unfolded to stands in it. */
export interface SweepPlace {
  /** The name of the sweep. */
  of: string;
  at: Settings;
  baseline?: SweepBaseline;
  step?: number;
}

export type Experiment = z.infer<typeof experiment> & { place?: SweepPlace };
export type Pretrain = NonNullable<Experiment['pretrain']>;

/** One piece of work: an experiment with one seed. */
export interface Unit {
  experiment: Experiment;
  seed: number;
}

/** A unit with a name for all that decides its numbers (`keyOf`): an equal one is the same work. */
export interface KeyedUnit extends Unit {
  key: string;
}

/**
 * @param data, val of experiments that name none
 * @throws BadSettingError naming the file, and where in it something is wrong
 */
export function readExperiments(file: string, data: readonly string[], val: readonly string[]): Experiment[] {
  const parsed = z.array(experiment).min(1).safeParse(readJson(file));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${pathOf(path)}: ${message}`);
    throw new BadSettingError(`${file} is not a list of experiments:\n${lines.join('\n')}`);
  }
  const list = parsed.data;
  const twice = list.findIndex(({ name }, i) => list.findIndex((other) => other.name === name) !== i);
  if (twice >= 0) throw new BadSettingError(`${file}: [${twice}].name: "${list[twice].name}" stands twice.`);
  return list.map((one) => (one.data.length > 0 ? one : { ...one, data: [...data], val: [...val] }));
}

/** Every experiment with every seed of its own, in the order of the list. */
export function unitsOf(experiments: readonly Experiment[]): Unit[] {
  return experiments.flatMap((one) => one.seeds.map((seed) => ({ experiment: withSeed(one, seed), seed })));
}

/** A file of weights for every seed: "mae-{seed}.safetensors". */
export function withSeed(experiment: Experiment, seed: number): Experiment {
  const { pretrain: start } = experiment;
  if (start === null || !('from' in start)) return experiment;
  return { ...experiment, pretrain: { from: start.from.replaceAll('{seed}', String(seed)) } };
}

/** Unit number u, from 0, is for shard i of n when u mod n = i - 1. */
export function shardOf<T>(units: readonly T[], { index, count }: { index: number; count: number }): T[] {
  return units.filter((_, u) => u % count === index - 1);
}

export function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** JSON whose keys are in order: equal things have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadSettingError(`--list cannot read ${file}: ${messageOf(error)}.`);
  }
}

/** [0].pretrain.steps */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
