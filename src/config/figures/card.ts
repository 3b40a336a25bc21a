/**
 * A figure or table of a paper as an experiment that anybody can repeat: what is run, how its numbers become lines, and what was expected of
 * them before. Plain data, which the page and the command line share.
 */
import type { Settings } from '../field.ts';
import type { RobustBaseline, RobustMethod } from '../robustMethods.ts';
import type { RunConfig } from '../run.ts';
import type { Sweep, SweepBaseline } from '../sweep/sweep.ts';
import { type FigureRule, sayRule } from './rules.ts';
import type { CardUnit } from './units.ts';

/** The papers, in the order in which cards are listed. */
export const PAPERS = {
  mp3: { short: 'MP3', title: 'Position Prediction as an Effective Pretraining Strategy', authors: 'Zhai et al.', year: 2022 },
  mae: { short: 'MAE', title: 'Masked Autoencoders Are Scalable Vision Learners', authors: 'He et al.', year: 2021 },
  data2vec: {
    short: 'data2vec 2.0',
    title: 'Efficient Self-supervised Learning with Contextualized Target Representations for Vision, Speech and Language',
    authors: 'Baevski et al.',
    year: 2022,
  },
  selfDistillation: {
    short: 'Self-distillation',
    title: 'Self-Distillation for Further Pre-training of Transformers',
    authors: 'Lee et al.',
    year: 2022,
  },
  robustness: {
    short: 'Robustness',
    title: 'On Robustness in Multimodal Learning',
    authors: 'McKinzie et al.',
    year: 2023,
  },
} as const;
export type PaperName = keyof typeof PAPERS;

/** Minutes on two cores with one seed, and what is told of three. */
export const CARD_SIZES = ['quick', 'careful'] as const;
export type CardSize = (typeof CARD_SIZES)[number];

export interface FigureCard {
  /** In links and on the command line: "mae-mask-ratio". */
  id: string;
  paper: PaperName;
  title: string;
  /** "Fig. 5". */
  source: string;
  /** What the paper says it shows, in one sentence of ours. */
  claim: string;
  /** Where its numbers are from, and at what scale: "ViT-L, 800 epochs, ImageNet-1k". Words alone where it has only a picture. */
  published: string;
  /** What is done here, and what of it is otherwise than in the paper. */
  setup: string;
  charts: readonly CardChart[];
  /** Written down before anything was measured; of the lines of all charts. */
  rules: readonly FigureRule[];
  sizes: Readonly<Record<CardSize, CardForm>>;
}

export interface CardChart {
  title: string;
  /** Absent where lines are levels side by side. */
  x?: { label: string; scale?: 'log' };
  y: { label: string; unit: CardUnit };
  lines: readonly CardLine[];
  /** The paper's own numbers, as it tells them. */
  published: readonly PublishedLine[];
}

/** How measured numbers become a line. */
export interface CardLine {
  /** Of no other line of the card: rules name it. */
  name: string;
  part: string;
  /**
   * Of a sweep "linear", "knn", "finetune", "stepTime", "stepMemory", or a metric of the objective's evaluation; of a robustness study "performance" or
   * "robustness" and the pairs that it is of: "performance.added"; of ensembles "finetune".
   */
  measure: string;
  /**
   * Path of an axis, 'step' of a run that is looked at on its way, 'testMaskRatio' of scores at several, 'block' of how far heads look, or 'alpha' of WiSE-FT. Absent, the
   * line is a level. Values that are no numbers stand at their place among those of the axis.
   */
  x?: string;
  /** Which of the points: values by the paths of other axes; of a robustness study "method" and "alpha" (1 as it was trained); of ensembles "contender". */
  where?: Settings;
  /** Which of the looks at a run on its way, from 0. */
  look?: number;
  /** A setting that numbers are divided by: milliseconds per student. */
  per?: string;
  /** In place of what was pretrained; over `x` where that decides it, else a level. */
  baseline?: SweepBaseline;
}

export interface PublishedLine {
  name: string;
  /** "%", "s an iteration". */
  unit: string;
  points: readonly { x?: number | string; value: number }[];
}

/** One size of a card. Parts have the names that they have in the other. */
export interface CardForm {
  parts: readonly CardPart[];
  /** About what it takes on two cores with WebAssembly. */
  minutes: number;
}

export type CardPart = SweepPart | RobustnessPart | EnsemblePart;

interface PartBase {
  name: string;
  /** Most samples that are tested on. */
  testSamples: number;
  /** Pictures that we measured it on; on others, built-in ones among them, it runs as well. Absent: built-in samples. */
  wants?: 'CIFAR-10';
}

export interface SweepPart extends PartBase {
  kind: 'sweep';
  sweep: Sweep;
}

/** The options of a robustness study (`trainer/robustness/plan.ts`), of one pretraining a seed. */
export interface RobustnessPart extends PartBase {
  kind: 'robustness';
  pretraining: RunConfig;
  /** Settings of the runs with labels beside what follows from pretraining (`robustRun`). */
  labels: Settings;
  seeds: readonly number[];
  methods: readonly RobustMethod[];
  baselines: readonly RobustBaseline[];
  alphas: readonly number[];
  scratchSteps: number;
}

/** Each rule of a card as a sentence, in their order. */
export function ruleTexts({ rules, charts }: Pick<FigureCard, 'rules' | 'charts'>): string[] {
  return rules.map((rule) => sayRule(rule, charts));
}

/** Runs that are fine-tuned on the same labels, alone and several together, by the mean of their class probabilities. */
export interface EnsemblePart extends PartBase {
  kind: 'ensemble';
  members: readonly EnsembleMember[];
  /** Settings of the runs with labels, where they are to be others than what follows from pretraining. */
  labels: Settings;
  /** Names of members that answer together. */
  ensembles: readonly (readonly string[])[];
  seeds: readonly number[];
}

export interface EnsembleMember {
  /** Of no other member. */
  name: string;
  pretraining: RunConfig;
  /** Which further pretraining of a seed it is, from 1 (`twinSeed`); absent for the first. */
  twin?: number;
}

/** The runs that a part pretrains, those of other seeds left out. */
export function basesOf(part: CardPart): RunConfig[] {
  if (part.kind === 'sweep') return [part.sweep.base];
  if (part.kind === 'robustness') return [part.pretraining];
  return part.members.filter(({ twin }) => twin === undefined).map(({ pretraining }) => pretraining);
}

/** Its seeds, and settings of its runs with labels. */
export function repeatsOf(part: CardPart): { seeds: readonly number[]; labels: Settings } {
  return part.kind === 'sweep' ? part.sweep : part;
}

/** Those x that stand in the names of measures (`scoreAt`). */
export const PLACES_IN_NAMES: readonly string[] = ['testMaskRatio', 'block'];

/** The step of a line that is of one look at a run on its way; undefined for other lines. */
export function stepOf(form: CardForm, { part, look }: Pick<CardLine, 'part' | 'look'>): number | undefined {
  const found = form.parts.find(({ name }) => name === part);
  return look === undefined || found?.kind !== 'sweep' ? undefined : found.sweep.checkpointsAt[look];
}

/** What stands at a place of a line's axis: "0.75"; "relative", of values that are no numbers; blocks are counted from 1. */
export function sayX(form: CardForm, line: Pick<CardLine, 'part' | 'x'>, x: number): string {
  const category = categoriesOf(form, line)?.[x];
  return category ?? String(Number((line.x === 'block' ? x + 1 : x).toPrecision(6)));
}

/** Names of the labels of an axis whose values are no numbers; undefined where they are numbers. */
export function categoriesOf(form: CardForm, { part, x }: Pick<CardLine, 'part' | 'x'>): string[] | undefined {
  const found = form.parts.find(({ name }) => name === part);
  const values = found?.kind === 'sweep' ? found.sweep.axes.find(({ path }) => path === x)?.values : undefined;
  return values?.some((value) => typeof value !== 'number') ? values.map(String) : undefined;
}
