/** A figure of a paper as experiments, and what they found as its lines and verdicts. */
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { DATASET_LABELS } from '../../config/datasets.ts';
import {
  basesOf,
  type CardPart,
  type CardSize,
  type EnsemblePart,
  type FigureCard,
  type RobustnessPart,
  type SweepPart,
} from '../../config/figures/card.ts';
import { cardOf, FIGURE_CARDS } from '../../config/figures/cards.ts';
import { CONTENDER } from '../../config/figures/ensemble.ts';
import { quote } from '../../config/quote.ts';
import { JOINT } from '../../config/subsets.ts';
import { suggest } from '../../config/suggest.ts';
import { labelMeasures } from '../../config/sweep/sweep.ts';
import { type CardResult, cardResult } from '../../metrics/cardResult.ts';
import type { PartValues } from '../../metrics/figureLines.ts';
import type { SweepValue } from '../../metrics/sweepSummary.ts';
import { robustnessValues } from '../../trainer/robustness/values.ts';
import { fitValues, localityValues } from '../../trainer/sweep/tunedValues.ts';
import { writeAtomic } from '../atomicFile.ts';
import { type Experiment, PRETRAINING_MEASURES } from './experiments.ts';
import type { UnitResult } from './results.ts';
import { LABELS, SEED, settingsOf } from './sweep.ts';
import { valuesOf } from './sweepResults.ts';

/** One size of a card, on what samples. */
export interface Figure {
  card: FigureCard;
  size: CardSize;
  /** Places of somebody's own samples; built-in ones where there is none. */
  data: readonly string[];
  val: readonly string[];
}

/** @throws BadSettingError naming all ids where there is no such card */
export function readFigure(id: string): FigureCard {
  const card = cardOf(id);
  if (card !== undefined) return card;
  const ids = FIGURE_CARDS.map((one) => one.id);
  const near = suggest(id, ids);
  throw new BadSettingError(
    `There is no figure ${quote(id)}.${near === undefined ? '' : ` Did you mean ${near}?`} There are ${ids.join(', ')}.`,
  );
}

/** An experiment for each part, which run like those of a list. */
export function figureExperiments(figure: Figure): Experiment[] {
  return partsOf(figure).map((part) => {
    if (part.kind === 'sweep') return sweepExperiment(figure, part);
    return part.kind === 'robustness' ? robustExperiment(figure, part) : ensembleExperiment(figure, part);
  });
}

function partsOf({ card, size }: Pick<Figure, 'card' | 'size'>): readonly CardPart[] {
  return card.sizes[size].parts;
}

function nameOf({ card, size }: Pick<Figure, 'card' | 'size'>, { name }: Pick<CardPart, 'name'>): string {
  return `${card.id}, ${size}: ${name}`;
}

function shared(figure: Figure, part: CardPart) {
  const isForFiles = takesFiles(figure, part);
  return {
    name: nameOf(figure, part),
    data: isForFiles ? [...figure.data] : [],
    val: isForFiles ? [...figure.val] : [],
    testPictures: part.testSamples,
  };
}

/** Somebody's own samples are for the parts that want some, and for all parts of a card of which none does. */
function takesFiles(figure: Figure, part: CardPart): boolean {
  return part.wants !== undefined || partsOf(figure).every(({ wants }) => wants === undefined);
}

function sweepExperiment(figure: Figure, part: SweepPart): Experiment {
  const { base, labels, axes, seeds, measures, baselines, checkpointsAt, testMaskRatios, onePretraining } = part.sweep;
  const { [LABELS]: size = 0, ...settings } = labels;
  return {
    ...shared(figure, part),
    pretrain: { settings: settingsOf(base, onePretraining ? [] : [SEED]), eachSeed: !onePretraining },
    protocols: labelMeasures(part.sweep).map((measure) => (measure === 'finetune' ? 'full' : measure)),
    measures: PRETRAINING_MEASURES.filter((measure) => measures.includes(measure)),
    sweep: Object.fromEntries(axes.map(({ path: axis, values }) => [axis, [...values]])),
    baselines: [...baselines],
    checkpointsAt: [...checkpointsAt],
    ...(testMaskRatios && { testMaskRatios: [...testMaskRatios] }),
    ...(measures.includes('locality') && { locality: true }),
    // An axis has the last word.
    labelsPerClass: [axes.some(({ path }) => path === LABELS) ? 0 : Number(size)],
    seeds: [...seeds],
    finetune: { settings: { ...settings } },
  };
}

function robustExperiment(figure: Figure, part: RobustnessPart): Experiment {
  const { pretraining, labels, seeds, methods, baselines, alphas, scratchSteps } = part;
  return {
    ...shared(figure, part),
    pretrain: { settings: settingsOf(pretraining, [SEED]), eachSeed: true },
    protocols: ['full'],
    measures: [],
    baselines: [],
    checkpointsAt: [],
    labelsPerClass: [0],
    seeds: [...seeds],
    finetune: { settings: { ...labels } },
    robustness: { methods: [...methods], baselines: [...baselines], alphas: [...alphas], scratchSteps },
  };
}

function ensembleExperiment(figure: Figure, part: EnsemblePart): Experiment {
  const { members, labels, ensembles, seeds } = part;
  const { [LABELS]: size = 0, ...settings } = labels;
  const started = members.map(({ name, pretraining, twin }) => {
    const pretrain = { settings: settingsOf(pretraining, [SEED]), eachSeed: true, ...(twin !== undefined && { twin }) };
    return [name, { pretrain, finetune: { settings: {} } }] as const;
  });
  return {
    ...shared(figure, part),
    pretrain: null,
    protocols: ['full'],
    measures: [],
    baselines: [],
    checkpointsAt: [],
    labelsPerClass: [Number(size)],
    seeds: [...seeds],
    finetune: { settings },
    members: Object.fromEntries(started),
    ensembles: ensembles.map((names) => [...names]),
  };
}

/** What is found so far, with a command that finds it again. */
export function figureResult(figure: Figure, results: readonly UnitResult[]): CardResult {
  const { card, size } = figure;
  const values: PartValues = Object.fromEntries(
    partsOf(figure).map((part) => {
      const name = nameOf(figure, part);
      const own = results.filter(({ sweep, experiment }) => (sweep?.of ?? experiment) === name);
      return [part.name, own.flatMap((result) => VALUES[part.kind](result))];
    }),
  );
  return cardResult(card, size, values, { data: sayData(figure), command: commandOf(figure) });
}

/** As the page has them, which fine-tunes in one way at a time, with what is told of that. */
function sweepValues(result: UnitResult) {
  return valuesOf(result).flatMap((value) => {
    if (value.measure !== 'full') return [value];
    const { fit, locality } = result.results.find(({ protocol }) => protocol === 'full') ?? {};
    const told = Object.entries({ ...(fit && fitValues(fit)), ...(locality && localityValues(locality)) });
    return [{ ...value, measure: 'finetune' }, ...told.map(([measure, own]) => ({ ...value, measure, value: own }))];
  });
}

function studyValues({ rows = [], version }: UnitResult) {
  return robustnessValues(rows, rows[0]?.senses.split(JOINT) ?? [], version);
}

/** Members and ensembles, by their names. */
function ensembleValues({ results, seed, version }: UnitResult): SweepValue[] {
  return results.flatMap(({ contender, accuracy }) =>
    contender === undefined ? [] : [{ at: { [CONTENDER]: contender }, seed, version, measure: 'finetune', value: accuracy }],
  );
}

const VALUES: Readonly<Record<CardPart['kind'], (result: UnitResult) => SweepValue[]>> = {
  sweep: sweepValues,
  robustness: studyValues,
  ensemble: ensembleValues,
};

function sayData(figure: Figure): string {
  const files = figure.data.map(calledOf);
  const names = partsOf(figure).flatMap((part) => {
    if (files.length > 0 && takesFiles(figure, part)) return [files.join(' and ')];
    return basesOf(part).map(({ data }) => DATASET_LABELS[data.dataset]);
  });
  return [...new Set(names)].join(', ');
}

/** Where files lie is nobody's affair, what they and their folder are called is: "cifar10-jpg/train". */
function calledOf(place: string): string {
  return place
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .slice(-2)
    .join('/');
}

function commandOf({ card, size, data, val }: Figure): string {
  const places = (option: string, list: readonly string[]): string[] => list.map((place) => `${option} ${calledOf(place)}`);
  const words = [`--figure ${card.id}`, `--size ${size}`, ...places('--data', data), ...places('--val', val)];
  return `npm run --silent compare -- ${words.join(' ')}`;
}

/** "holds: Linear probe peaks between 0.5 and 0.9. (0.502 at 0.75)", a line for each rule. */
export function sayVerdicts({ verdicts }: CardResult): string {
  return verdicts.map(({ rule, verdict, because }) => `${verdict}: ${rule} (${because})`).join('\n');
}

/** @throws BadSettingError when the file cannot be written */
export function writeCardResult(file: string, result: CardResult): void {
  try {
    writeAtomic(file, `${JSON.stringify(result, null, 2)}\n`);
  } catch (error) {
    throw new BadSettingError(`--card-result cannot write ${file}: ${messageOf(error)}.`);
  }
}
