/** The charts of a card: our lines and the paper's, each on axes of its own. Fetched with the page. */
import {
  type CardChart,
  type CardForm,
  type CardLine,
  categoriesOf,
  type PublishedLine,
  sayX,
} from '../../config/figures/card.ts';
import { formatUnit } from '../../config/figures/units.ts';
import type { FigureLines, FigurePoint } from '../../metrics/figureLines.ts';
import type { Axis, Series } from '../charts/types.ts';
import { acrossAxis, evenStep, uprightAxis } from '../compare/sweep/sweepView.ts';
import { formatSetting } from '../format.ts';
import { hueOf } from '../study/hues.ts';

/** A chart of lines over something, or of levels side by side. */
export type Drawing =
  | { kind: 'lines'; x: Axis; y: Axis; series: Series[]; format(value: number): string }
  | { kind: 'levels'; rows: Level[]; format(value: number): string };

export interface Level {
  name: string;
  /** Absent while nothing is measured. */
  value?: number;
  /** Standard deviation. */
  spread?: number;
  isBaseline: boolean;
}

/** What is measured here. Axes are those of the plan, so that they stand still while points come. */
export function ourDrawing(chart: CardChart, form: CardForm, lines: FigureLines): Drawing {
  const format = (value: number): string => formatUnit(chart.y.unit, value);
  if (chart.x === undefined)
    return { kind: 'levels', rows: chart.lines.map((line) => levelOf(line, lines[line.name]?.at(-1))), format };
  const x = axisOver(chart, form);
  const series = chart.lines.flatMap((line, index): Series[] => {
    const points = lines[line.name] ?? [];
    if (points.length === 0) return [];
    const isBaseline = line.baseline !== undefined;
    return [
      {
        name: line.name,
        tone: isBaseline ? 'quiet' : 'strong',
        hue: isBaseline ? { stroke: 'var(--muted)', dash: line.baseline === 'random' ? '2 3' : '6 3' } : hueOf(index),
        points: points.flatMap((point) => spotsOf(point, x)),
        ...(isBaseline ? {} : { dots: 'filled' as const }),
      },
    ];
  });
  const y = uprightAxis(series, chart.y.unit === 'share');
  // Numbers beside an empty chart would be of nothing.
  return { kind: 'lines', x, y: series.length === 0 ? { ...y, ticks: [] } : y, series, format };
}

function levelOf({ name, baseline }: CardLine, point: FigurePoint | undefined): Level {
  if (point === undefined) return { name, isBaseline: baseline !== undefined };
  const { mean, deviation } = point;
  return { name, value: mean, ...(deviation > 0 && { spread: deviation }), isBaseline: baseline !== undefined };
}

/** A level without an x is a line from end to end. */
function spotsOf({ x, mean, deviation }: FigurePoint, axis: Axis): Series['points'] {
  const point = { y: mean, ...(deviation > 0 && { spread: deviation }) };
  const [from, to] = axis.domain;
  return x === undefined
    ? [
        { x: from, ...point },
        { x: to, y: mean },
      ]
    : [{ x, ...point }];
}

/** Through everything that the form measures, whether it is there yet or not. */
function axisOver(chart: CardChart, form: CardForm): Axis {
  const lines = chart.lines.filter(({ x }) => x !== undefined);
  const categories = lines.map((line) => categoriesOf(form, line)).find((found) => found !== undefined);
  if (categories !== undefined) return acrossAxis({ values: categories });
  const values = lines.flatMap((line) => valuesOf(form, line));
  const axis = acrossAxis({ values: [...new Set(values)] });
  const [first] = lines;
  const format = (value: number): string => (first === undefined ? axis.format(value) : sayX(form, first, value));
  return asAsked({ ...axis, format }, values, chart.x?.scale);
}

function valuesOf(form: CardForm, { part, x }: CardLine): number[] {
  const found = form.parts.find(({ name }) => name === part);
  if (found === undefined) return [];
  if (found.kind === 'robustness') return [0, ...found.alphas, 1];
  if (found.kind === 'ensemble') return [];
  if (x === 'testMaskRatio') return [...(found.sweep.testMaskRatios ?? [])];
  if (x === 'block') return Array.from({ length: found.sweep.base.model.depth }, (_, block) => block);
  const values = x === 'step' ? found.sweep.checkpointsAt : (found.sweep.axes.find(({ path }) => path === x)?.values ?? []);
  return values.filter((value) => typeof value === 'number');
}

function asAsked(axis: Axis, values: readonly number[], scale: 'log' | undefined): Axis {
  if (scale !== 'log' || values.some((value) => value <= 0)) return axis;
  return { ...axis, log: true, domain: [Math.min(...values) * 0.95, Math.max(...values) * 1.05] };
}

/** Lines of the paper that share a unit, and so an axis. */
export interface PublishedDrawing {
  unit: string;
  lines: readonly PublishedLine[];
  drawing: Drawing;
}

/** The paper's own numbers: one drawing for each unit that they are told in, none rescaled. */
export function theirDrawings({ published, x }: Pick<CardChart, 'published' | 'x'>): PublishedDrawing[] {
  const units = [...new Set(published.map(({ unit }) => unit))];
  return units.map((unit) => {
    const lines = published.filter((line) => line.unit === unit);
    const format = publishedFormat(lines);
    const drawing: Drawing =
      x !== undefined && lines.some(({ points }) => points.length > 1)
        ? { kind: 'lines', ...publishedLines(lines, x.scale), format }
        : { kind: 'levels', rows: lines.flatMap(publishedLevels), format };
    return { unit, lines, drawing };
  });
}

/** As a table prints them: all of one unit with as many digits. */
export function publishedFormat(lines: readonly PublishedLine[]): (value: number) => string {
  const digits = lines.flatMap(({ points }) => points.map(({ value }) => (String(value).split('.')[1] ?? '').length));
  const unit = lines[0]?.unit ?? '';
  return (value) => `${value.toFixed(Math.max(0, ...digits))} ${unit}`.trim();
}

function publishedLevels({ name, points }: PublishedLine): Level[] {
  return points.map(({ x, value }) => ({ name: x === undefined ? name : `${name}, ${x}`, value, isBaseline: false }));
}

const GREY_DASHES = [undefined, '6 3', '2 3', '8 3 2 3', '12 4', '1 4'] as const;

function publishedLines(lines: readonly PublishedLine[], scale: 'log' | undefined): { x: Axis; y: Axis; series: Series[] } {
  const values = [...new Set(lines.flatMap(({ points }) => points.flatMap(({ x }) => x ?? [])))];
  const numbers = values.filter((value) => typeof value === 'number');
  const isNumeric = numbers.length === values.length;
  const x = isNumeric ? asAsked(acrossAxis({ values: numbers }), numbers, scale) : acrossAxis({ values });
  const [from, to] = x.domain;
  const series = lines.map(({ name, points }, index): Series => {
    const dash = GREY_DASHES[index % GREY_DASHES.length];
    return {
      name,
      tone: 'quiet',
      hue: { stroke: 'var(--muted)', ...(dash !== undefined && { dash }) },
      dots: 'filled',
      points: points.flatMap(({ x: place, value }) => {
        if (place === undefined) return [from, to].map((end) => ({ x: end, y: value }));
        return [{ x: typeof place === 'number' && isNumeric ? place : values.indexOf(place), y: value }];
      }),
    };
  });
  return { x, y: closeAxis(series), series };
}

/** Around what there is: a paper's numbers often lie close together, and their axis is their own. */
function closeAxis(series: readonly Series[]): Axis {
  const all = series.flatMap(({ points }) => points.map(({ y }) => y));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high > low ? high - low : Math.abs(high) || 1;
  const step = evenStep(span / 4);
  const from = Math.floor(low / step) * step;
  const count = Math.max(1, Math.ceil((high - from) / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(6)));
  return { domain: [from, ticks.at(-1) ?? high], ticks, format: formatSetting };
}
