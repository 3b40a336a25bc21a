/**
 * What a figure is expected to look like, written down before it is measured: plain data, each rule a sentence. How they are judged stands
 * in `metrics/verdict.ts`.
 */
import { type CardUnit, formatLimit } from './units.ts';

/** Lines of a figure by name. A baseline is a level: a line of one point without an x. */
export type FigureRule =
  /** From the first x to the last, without a clear fall between neighbours; or the other way round. */
  | { rule: 'increases'; line: string }
  | { rule: 'decreases'; line: string }
  /** Greatest between two x, ends included, above everything left and right of them. */
  | { rule: 'peaksBetween'; line: string; from: number; to: number }
  /** At every x that both have, or at the last one of them, or at one that is named. */
  | { rule: 'above'; line: string; than: string; at?: 'last' | number }
  /** Its highest and lowest mean lie closer together. */
  | { rule: 'flatterThan'; line: string; than: string }
  /** One is above at the start and the other at the end; between two x, where they are given. */
  | { rule: 'crosses'; line: string; with: string; from?: number; to?: number }
  /** Every mean, or the one at an x, lies between two values. */
  | { rule: 'within'; line: string; low: number; high: number; at?: number };

/** What of a chart decides how a rule on its lines is said. */
export interface SaidChart {
  y: { unit: CardUnit };
  lines: readonly { name: string; x?: string }[];
}

/** "“Linear probe” peaks between 0.5 and 0.9." */
export function sayRule(rule: FigureRule, charts: readonly SaidChart[] = []): string {
  const line = sayLine(rule.line);
  switch (rule.rule) {
    case 'increases':
      return `${line} increases.`;
    case 'decreases':
      return `${line} decreases.`;
    case 'peaksBetween':
      return `${line} peaks between ${rule.from} and ${rule.to}.`;
    case 'above':
      return `${line} ${MORE[unitOf(rule.line, charts)]} ${sayLine(rule.than)}${sayAt(rule, charts)}.`;
    case 'flatterThan':
      return `${line} is flatter than ${sayLine(rule.than)}.`;
    case 'crosses':
      return `${line} crosses ${sayLine(rule.with)}${rule.from === undefined && rule.to === undefined ? '' : ` between ${rule.from ?? 'the start'} and ${rule.to ?? 'the end'}`}.`;
    case 'within':
      return `${line} ${sayRange(rule, charts)}${rule.at === undefined ? '' : ` at ${rule.at}`}.`;
    default:
      return rule satisfies never;
  }
}

/** Names of lines are made to stand in a legend: in a sentence they stand in quotes. */
export function sayLine(name: string): string {
  return `“${name}”`;
}

const MORE: Readonly<Record<CardUnit, string>> = {
  share: 'is above',
  number: 'is above',
  milliseconds: 'takes longer than',
  megabytes: 'takes more memory than',
};

export function unitOf(line: string, charts: readonly SaidChart[]): CardUnit {
  return charts.find(({ lines }) => lines.some(({ name }) => name === line))?.y.unit ?? 'number';
}

function sayAt({ line, than, at }: Extract<FigureRule, { rule: 'above' }>, charts: readonly SaidChart[]): string {
  const isLevel = (name: string): boolean =>
    charts.some(({ lines }) => lines.some((one) => one.name === name && one.x === undefined));
  // Two levels meet at one place alone.
  if (at === undefined) return isLevel(line) && isLevel(than) ? '' : ' everywhere';
  return at === 'last' ? ' at the end' : ` at ${at}`;
}

/** A share is never below 0 or above 1. */
function sayRange({ line, low, high }: Extract<FigureRule, { rule: 'within' }>, charts: readonly SaidChart[]): string {
  const unit = unitOf(line, charts);
  const [least, most] = [low, high].map((limit) => formatLimit(unit, limit));
  if (unit === 'share' && high === 1) return `is at least ${least}`;
  return unit === 'share' && low === 0 ? `is at most ${most}` : `lies between ${least} and ${most}`;
}
