/** What the runs of a card measured, as the lines of its charts. */
import { type CardForm, type CardLine, categoriesOf, type FigureCard, PLACES_IN_NAMES, stepOf } from '../config/figures/card.ts';
import { RESULTS_VERSION } from '../config/resultsVersion.ts';
import { spreadOf } from './spread.ts';
import type { SweepValue } from './sweepSummary.ts';
import type { MeasuredPoint } from './verdict.ts';

/** By the names of the card's parts. */
export type PartValues = Readonly<Record<string, readonly SweepValue[]>>;

export interface FigurePoint extends MeasuredPoint {
  /** In the order of their values. */
  seeds: readonly number[];
  values: readonly number[];
}

export type FigureLines = Readonly<Record<string, readonly FigurePoint[]>>;

/** Every line of a card, empty where nothing of it is measured yet. Numbers of other versions of the program are left out. */
export function figureLines({ charts }: Pick<FigureCard, 'charts'>, form: CardForm, values: PartValues): FigureLines {
  const lines = charts.flatMap((chart) => chart.lines);
  return Object.fromEntries(lines.map((line) => [line.name, pointsOf(line, form, values[line.part] ?? [])]));
}

function pointsOf(line: CardLine, form: CardForm, values: readonly SweepValue[]): FigurePoint[] {
  const categories = categoriesOf(form, line);
  const step = stepOf(form, line);
  const points = new Map<number | undefined, Map<number, number>>();
  for (const one of values) {
    if (!isOf(line, one) || (step !== undefined && one.step !== step)) continue;
    const x = xOf(line, one, categories);
    const seeds = points.get(x) ?? new Map<number, number>();
    points.set(x, seeds.set(one.seed, one.value / divisorOf(line, one)));
  }
  return [...points]
    .map(([x, found]) => {
      const seeds = [...found.keys()].toSorted((a, b) => a - b);
      const own = seeds.map((seed) => found.get(seed) ?? Number.NaN);
      const { count, mean, deviation } = spreadOf(own);
      return { ...(x !== undefined && { x }), count, mean, deviation, seeds, values: own };
    })
    .toSorted((a, b) => (a.x ?? 0) - (b.x ?? 0));
}

function isOf({ measure, where = {}, baseline, x }: CardLine, value: SweepValue): boolean {
  const measured = isInName(x) ? metricOf(value.measure) : value.measure;
  if (value.version !== RESULTS_VERSION || measured !== measure || value.baseline !== baseline) return false;
  // A baseline lacks the settings that do not decide it.
  const agrees = ([path, wanted]: [string, unknown]): boolean =>
    value.at[path] === wanted || (baseline !== undefined && value.at[path] === undefined);
  return Object.entries(where).every(agrees) && (baseline !== undefined || x === undefined || hasX(x, value));
}

function divisorOf({ per }: CardLine, { at }: SweepValue): number {
  return per === undefined ? 1 : Number(at[per]);
}

function isInName(x: string | undefined): boolean {
  return x !== undefined && PLACES_IN_NAMES.includes(x);
}

/** The metric of a number that has a place in its name; others have none. */
function metricOf(measure: string): string | undefined {
  return measure.includes('@') ? measure.split('@')[0] : undefined;
}

function hasX(x: string, { at, step }: SweepValue): boolean {
  if (isInName(x)) return true;
  return x === 'step' ? step !== undefined : Object.hasOwn(at, x);
}

function xOf({ x }: CardLine, { at, step, measure }: SweepValue, categories: readonly string[] | undefined): number | undefined {
  if (x === undefined) return undefined;
  if (x === 'step') return step;
  if (isInName(x)) return Number(measure.split('@')[1]);
  const value = at[x];
  if (value === undefined || typeof value === 'number') return value;
  return categories?.indexOf(String(value));
}
