/**
 * Whether a measured figure has the shape that was written down before. A difference counts when it is larger than two standard errors
 * over seeds; what is smaller cannot be told, and one seed has no standard error, so that it can tell nothing.
 */
import { type FigureRule, sayLine } from '../config/figures/rules.ts';
import type { Spread } from './spread.ts';

/** A mean over seeds at an x; of a level without one, x is undefined. */
export interface MeasuredPoint extends Pick<Spread, 'count' | 'mean' | 'deviation'> {
  x?: number;
}

/** Lines by name, each from left to right. */
export type MeasuredLines = Readonly<Record<string, readonly MeasuredPoint[]>>;

export type Verdict = 'holds' | 'cannot be told' | 'does not hold';

export interface Judgement {
  verdict: Verdict;
  /** What decided it, with its numbers. */
  because: string;
}

/** How what decided a rule is said: in the units of its lines, at places as their axis names them. */
export interface Words {
  value(value: number): string;
  /** A distance between two values. */
  difference(value: number): string;
  place(x: number): string;
}

/** Three digits that count. */
const PLAIN: Words = { value: digits, difference: digits, place: digits };

/** Standard errors that a difference has to exceed. */
const CLEAR = 2;

/** How sure a difference is: 1 clearly above, -1 clearly below, 0 inside the spread, or of one seed. */
type Sign = -1 | 0 | 1;

/** Two x. */
interface Between {
  from: number;
  to: number;
}

/** @returns "cannot be told" where lines or points are missing, which is said */
export function judge(rule: FigureRule, lines: MeasuredLines, words: Words = PLAIN): Judgement {
  const names = 'than' in rule ? [rule.line, rule.than] : 'with' in rule ? [rule.line, rule.with] : [rule.line];
  const missing = names.find((name) => (lines[name]?.length ?? 0) === 0);
  if (missing !== undefined) return untold(`${sayLine(missing)} is not measured`);
  const [line, other] = names.map((name) => lines[name] ?? []) as [readonly MeasuredPoint[], readonly MeasuredPoint[]];
  switch (rule.rule) {
    case 'increases':
      return rises(line, 1, words);
    case 'decreases':
      return rises(line, -1, words);
    case 'peaksBetween':
      return peaks(line, rule, words);
    case 'above':
      return above(line, other, rule.at, words);
    case 'flatterThan':
      return flatter(line, other, words);
    case 'crosses':
      return crosses(line, other, rule, words);
    case 'within':
      return within(rule.at === undefined ? line : line.filter(({ x }) => x === rule.at), rule, words);
    default:
      return rule satisfies never;
  }
}

/** Of the mean, over seeds. NaN of one. */
function errorOf({ deviation, count }: MeasuredPoint): number {
  return count < 2 ? Number.NaN : deviation / Math.sqrt(count);
}

function signOf(a: MeasuredPoint, b: MeasuredPoint): Sign {
  const difference = a.mean - b.mean;
  // Comparisons with NaN, an error of one seed, are false.
  return Math.abs(difference) > CLEAR * Math.hypot(errorOf(a), errorOf(b)) ? (Math.sign(difference) as Sign) : 0;
}

function rises(line: readonly MeasuredPoint[], way: 1 | -1, words: Words): Judgement {
  const say = sayer(words);
  const [first] = line;
  const last = line.at(-1);
  if (first === undefined || last === undefined || line.length < 2) return untold('one point has no direction');
  const whole = signOf(last, first) * way;
  const back = line.findIndex((point, i) => i > 0 && signOf(point, line[i - 1] as MeasuredPoint) === -way);
  const ends = `${say(first)}, and ${say(last)}`;
  if (whole < 0) return refuted(ends);
  if (back > 0) return refuted(`${say(line[back - 1] as MeasuredPoint)}, and then ${say(line[back] as MeasuredPoint)}`);
  return whole > 0 ? held(ends) : untold(`${ends}: ${smaller([first, last])}`);
}

function peaks(line: readonly MeasuredPoint[], { from, to }: Between, words: Words): Judgement {
  const say = sayer(words);
  const inside = line.filter(({ x }) => x !== undefined && x >= from && x <= to);
  const left = line.filter(({ x }) => x !== undefined && x < from);
  const right = line.filter(({ x }) => x !== undefined && x > to);
  const top = highest(inside);
  if (top === undefined) return untold(`nothing is measured between ${from} and ${to}`);
  const rivals = [highest(left), highest(right)];
  const beaten = rivals.find((rival) => rival !== undefined && signOf(rival, top) === 1);
  if (beaten !== undefined) return refuted(`${say(beaten)} is above ${say(top)}`);
  if (rivals.some((rival) => rival === undefined))
    return untold(`nothing is measured ${left.length === 0 ? 'left' : 'right'} of it`);
  const close = rivals.find((rival) => rival !== undefined && signOf(top, rival) !== 1);
  return close === undefined ? held(say(top)) : untold(`${say(top)}, and ${say(close)}: ${smaller([top, close])}`);
}

function above(
  line: readonly MeasuredPoint[],
  other: readonly MeasuredPoint[],
  at: 'last' | number | undefined,
  words: Words,
): Judgement {
  const all = pairsOf(line, other);
  const pairs = at === undefined ? all : at === 'last' ? all.slice(-1) : all.filter(([{ x }]) => x === at);
  if (pairs.length === 0) return untold('they are measured nowhere together');
  const below = pairs.find(([a, b]) => signOf(a, b) === -1);
  if (below !== undefined) return refuted(compare(below, words));
  const close = pairs.find(([a, b]) => signOf(a, b) === 0);
  if (close !== undefined) return untold(`${compare(close, words)}: ${smaller(close)}`);
  const nearest = pairs.reduce((least, pair) => (gap(pair) < gap(least) ? pair : least));
  return held(compare(nearest, words));
}

/** Ranges, from the lowest mean to the highest. Those of noise alone are larger than nothing, of both lines alike. */
function flatter(line: readonly MeasuredPoint[], other: readonly MeasuredPoint[], words: Words): Judgement {
  if (line.length < 2 || other.length < 2) return untold('a line of one point has no slope');
  const [own, rival] = [rangeOf(line), rangeOf(other)];
  const difference = rival.range - own.range;
  const isClear = Math.abs(difference) > CLEAR * Math.hypot(own.error, rival.error);
  const told = `ranges of ${words.difference(own.range)} and ${words.difference(rival.range)}`;
  if (!isClear) return untold(`${told}: ${smaller([...line, ...other])}`);
  return difference > 0 ? held(told) : refuted(told);
}

function crosses(
  line: readonly MeasuredPoint[],
  other: readonly MeasuredPoint[],
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Partial<Between>,
  words: Words,
): Judgement {
  const pairs = pairsOf(line, other);
  const clear = pairs.flatMap((pair) => (signOf(...pair) === 0 ? [] : [{ pair, sign: signOf(...pair) }]));
  const [start] = clear;
  const end = clear.at(-1);
  if (start === undefined || end === undefined || clear.length < 2)
    return untold(`they are clearly apart at ${clear.length} of ${pairs.length} places: ${smaller(pairs.flat())}`);
  if (start.sign === end.sign) {
    const seesEnds = start.pair === pairs[0] && end.pair === pairs.at(-1);
    const told = `${compare(start.pair, words)}, and ${compare(end.pair, words)}`;
    return seesEnds ? refuted(told) : untold(`${told}, and the ends are not clearly apart`);
  }
  const after = clear.findIndex(({ sign }, i) => i > 0 && sign !== clear[i - 1]?.sign);
  const x = meeting(clear[after - 1]?.pair ?? start.pair, clear[after]?.pair ?? end.pair);
  const told = `they meet at about ${digits(x)}`;
  return x >= from && x <= to ? held(told) : refuted(told);
}

type Pair = readonly [MeasuredPoint, MeasuredPoint];

/** Where the straight lines between two places meet. */
function meeting([a, b]: Pair, [later, laterB]: Pair): number {
  const [x, y] = [a.x ?? 0, later.x ?? 0];
  const [before, after] = [a.mean - b.mean, later.mean - laterB.mean];
  return x + ((y - x) * before) / (before - after);
}

function within(line: readonly MeasuredPoint[], { low, high }: { low: number; high: number }, words: Words): Judgement {
  const say = sayer(words);
  if (line.length === 0) return untold('nothing is measured there');
  const parts = line.map((point) => {
    const reach = CLEAR * errorOf(point);
    const isIn = point.mean - reach >= low && point.mean + reach <= high;
    const isOut = point.mean + reach < low || point.mean - reach > high;
    return { point, isIn, isOut };
  });
  const out = parts.find(({ isOut }) => isOut);
  if (out !== undefined) return refuted(say(out.point));
  const close = parts.find(({ isIn }) => !isIn);
  return close === undefined ? held(line.map(say).join(', ')) : untold(`${say(close.point)}: ${smaller([close.point])}`);
}

/** The points at places that both lines have; a level is everywhere. */
function pairsOf(line: readonly MeasuredPoint[], other: readonly MeasuredPoint[]): Pair[] {
  const level = other.find(({ x }) => x === undefined);
  const own = line.find(({ x }) => x === undefined);
  if (own !== undefined && level === undefined) return other.map((point) => [{ ...own, x: point.x }, point] as Pair);
  return line.flatMap((point) => {
    const rival = level ?? other.find(({ x }) => x === point.x);
    return rival === undefined ? [] : [[point, rival] as const];
  });
}

function highest(line: readonly MeasuredPoint[]): MeasuredPoint | undefined {
  return line.reduce<MeasuredPoint | undefined>(
    (top, point) => (top === undefined || point.mean > top.mean ? point : top),
    undefined,
  );
}

function rangeOf(line: readonly MeasuredPoint[]): { range: number; error: number } {
  const top = highest(line) as MeasuredPoint;
  const bottom = line.reduce((least, point) => (point.mean < least.mean ? point : least));
  return { range: top.mean - bottom.mean, error: Math.hypot(errorOf(top), errorOf(bottom)) };
}

const gap = ([a, b]: Pair): number => a.mean - b.mean;

const held = (because: string): Judgement => ({ verdict: 'holds', because });
const refuted = (because: string): Judgement => ({ verdict: 'does not hold', because });
const untold = (because: string): Judgement => ({ verdict: 'cannot be told', because });

function smaller(points: readonly MeasuredPoint[]): string {
  return points.some(({ count }) => count < 2) ? 'one seed tells no difference' : 'inside the spread over seeds';
}

function sayer({ value, place }: Words): (point: MeasuredPoint) => string {
  return ({ x, mean }) => (x === undefined ? value(mean) : `${value(mean)} at ${place(x)}`);
}

function compare([a, b]: Pair, words: Words): string {
  return `${sayer(words)(a)} against ${words.value(b.mean)}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
