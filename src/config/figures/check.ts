/** What is wrong with a card: tests keep every card free of it. */
import { checkRun } from '../check.ts';
import { factsOf } from '../objectives.ts';
import { STRATA } from '../subsets.ts';
import { checkSweep } from '../sweep/check.ts';
import { fineTuningMetric, isLabelMeasure, LOCALITY_MEASURES, scoreAt } from '../sweep/sweep.ts';
import {
  CARD_SIZES,
  type CardForm,
  type CardLine,
  type CardPart,
  type EnsemblePart,
  type FigureCard,
  PLACES_IN_NAMES,
  type RobustnessPart,
  repeatsOf,
  type SweepPart,
} from './card.ts';
import { CONTENDER, ensembleName, ensemblePoints } from './ensemble.ts';
import { studyRun } from './robustPart.ts';

/** In sentences; empty when the card can run at both sizes, and its lines and rules name what is there. */
export function checkCard(card: FigureCard): string[] {
  const lines = card.charts.flatMap((chart) => chart.lines);
  const names = lines.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const wanted = card.rules.flatMap((rule) => [rule.line, ...('than' in rule ? [rule.than] : 'with' in rule ? [rule.with] : [])]);
  return [
    ...twice.map((name) => `two lines are called ${name}`),
    ...wanted.filter((name) => !names.includes(name)).map((name) => `a rule is about ${name}, which is no line`),
    ...(card.rules.length === 0 ? ['nothing is expected'] : []),
    ...CARD_SIZES.flatMap((size) => checkForm(card.sizes[size], lines, size === 'quick').map((text) => `${size}: ${text}`)),
  ];
}

function checkForm({ parts }: CardForm, lines: readonly CardLine[], isQuick: boolean): string[] {
  return [
    ...parts.flatMap(partProblems),
    ...parts.flatMap((part) => {
      const { length } = repeatsOf(part).seeds;
      return (isQuick ? length === 1 : length >= 3) ? [] : [`${part.name} has ${length} seeds`];
    }),
    ...lines.flatMap((line) => {
      const part = parts.find(({ name }) => name === line.part);
      if (part === undefined) return [`${line.name} is of ${line.part}, which is no part`];
      const problem = lineProblem(line, part);
      return problem === undefined ? [] : [`${line.name}: ${problem}`];
    }),
  ];
}

function partProblems(part: CardPart): string[] {
  if (part.kind === 'sweep') return sweepProblems(part);
  return part.kind === 'robustness' ? robustnessProblems(part) : ensembleProblems(part);
}

/** What keeps numbers of a part from being a line. */
function lineProblem(line: CardLine, part: CardPart): string | undefined {
  if (part.kind === 'sweep') return lineOfSweep(line, part);
  return part.kind === 'robustness' ? lineOfStudy(line, part) : lineOfEnsemble(line, part);
}

function sweepProblems({ name, sweep }: SweepPart): string[] {
  return checkSweep(sweep).map(({ message }) => `${name}: ${message}`);
}

function robustnessProblems(part: RobustnessPart): string[] {
  return [part.pretraining, studyRun(part)].flatMap((run) => checkRun(run).map(({ message }) => `${part.name}: ${message}`));
}

function ensembleProblems(part: EnsemblePart): string[] {
  const names = part.members.map(({ name }) => name);
  const strangers = part.ensembles.flat().filter((name) => !names.includes(name));
  const runs = ensemblePoints(part).flatMap(({ pretraining, withLabels }) => [pretraining, withLabels]);
  return [
    ...(new Set(names).size < names.length ? [`${part.name}: two members have one name`] : []),
    ...strangers.map((name) => `${part.name}: there is no member ${name}`),
    ...runs.flatMap((run) => (run === undefined ? [] : checkRun(run).map(({ message }) => `${part.name}: ${message}`))),
  ];
}

function lineOfEnsemble({ measure, x, where = {} }: CardLine, { members, ensembles }: EnsemblePart): string | undefined {
  if (measure !== 'finetune') return `${measure} is not measured`;
  if (x !== undefined) return `${x} is no axis`;
  const { [CONTENDER]: contender, ...rest } = where;
  if (Object.keys(rest).length > 0) return `${Object.keys(rest).join()} says nothing here`;
  const names = [...members.map(({ name }) => name), ...ensembles.map(ensembleName)];
  return names.some((name) => name === contender) ? undefined : `${contender} is not measured`;
}

/** What keeps numbers of a sweep from being one line: one number for each x and seed, no more. */
function lineOfSweep({ measure, x, where = {}, baseline, per, look }: CardLine, { sweep }: SweepPart): string | undefined {
  const { axes, baselines, checkpointsAt, testMaskRatios = [] } = sweep;
  if (baseline !== undefined && !baselines.includes(baseline)) return `${baseline} is not measured`;
  const measured = measuredBy(sweep);
  const isMeasured = PLACES_IN_NAMES.includes(x ?? '')
    ? measured.some((name) => name.startsWith(scoreAt(measure, 0).slice(0, -1)))
    : measured.includes(measure);
  if (!isMeasured) return `${measure} is not measured`;
  const places = [
    ...axes.map(({ path }) => path),
    ...(checkpointsAt.length > 0 ? ['step'] : []),
    ...(testMaskRatios.length > 0 ? ['testMaskRatio'] : []),
    ...(sweep.measures.includes('locality') ? ['block'] : []),
  ];
  if (x !== undefined && !places.includes(x)) return `${x} is no axis`;
  if (per !== undefined && !axes.some(({ path }) => path === per)) return `${per}, which it is per, is no axis`;
  const astray = Object.entries(where).find(([path, value]) => !axes.find((axis) => axis.path === path)?.values.includes(value));
  if (astray !== undefined) return `nothing is measured at ${astray.join(' ')}`;
  if (baseline !== undefined) return undefined;
  const open = axes.find(({ path, values }) => values.length > 1 && path !== x && !Object.hasOwn(where, path));
  if (open !== undefined) return `points of ${open.path} are not told apart`;
  if (look !== undefined && checkpointsAt[look] === undefined) return `there is no look ${look}`;
  return checkpointsAt.length > 1 && x !== 'step' && look === undefined ? 'steps are not told apart' : undefined;
}

/** Every measure of a sweep that has a number. */
function measuredBy({ base, measures, testMaskRatios = [] }: SweepPart['sweep']): string[] {
  const scores = measures.includes('scores') ? ['loss', ...factsOf(base).metrics.evaluation] : [];
  return [
    ...measures.filter((measure) => measure === 'stepTime' || measure === 'stepMemory' || isLabelMeasure(measure)),
    ...scores,
    ...testMaskRatios.flatMap((ratio) => scores.map((metric) => scoreAt(metric, ratio))),
    ...(measures.includes('locality') ? LOCALITY_MEASURES : []).flatMap((name) =>
      Array.from({ length: base.model.depth }, (_, block) => scoreAt(name, block)),
    ),
    ...(measures.includes('fit') ? (['generalisationGap', 'distance'] as const).map(fineTuningMetric) : []),
  ];
}

function lineOfStudy({ measure, x, where = {} }: CardLine, part: RobustnessPart): string | undefined {
  const { methods, baselines, alphas } = part;
  const [of, pairs] = measure.split('.');
  if (of !== 'performance' && of !== 'robustness') return `${measure} is not measured`;
  if (!['all', ...STRATA].includes(pairs ?? '')) return `there are no pairs ${pairs}`;
  const { method, alpha, ...rest } = where;
  if (![...methods, ...baselines].some((name) => name === method)) return `${method} is not measured`;
  if (Object.keys(rest).length > 0) return `${Object.keys(rest).join()} says nothing here`;
  if (x !== undefined && x !== 'alpha') return `${x} is no axis`;
  if (x === 'alpha') return alpha === undefined ? undefined : 'alpha is x, and stands beside it';
  return [1, ...alphas].some((share) => share === alpha) ? undefined : `nothing is measured at alpha ${alpha}`;
}
