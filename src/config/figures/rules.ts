/**
 * What a figure is expected to look like, written down before it is measured: plain data, each rule a sentence. How they are judged stands
 * in `metrics/verdict.ts`.
 */

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

/** "Linear probe peaks between 0.5 and 0.9." */
export function sayRule(rule: FigureRule): string {
  switch (rule.rule) {
    case 'increases':
      return `${rule.line} increases.`;
    case 'decreases':
      return `${rule.line} decreases.`;
    case 'peaksBetween':
      return `${rule.line} peaks between ${rule.from} and ${rule.to}.`;
    case 'above':
      return `${rule.line} is above ${rule.than}${sayAt(rule.at)}.`;
    case 'flatterThan':
      return `${rule.line} is flatter than ${rule.than}.`;
    case 'crosses':
      return `${rule.line} crosses ${rule.with}${rule.from === undefined && rule.to === undefined ? '' : ` between ${rule.from ?? 'the start'} and ${rule.to ?? 'the end'}`}.`;
    case 'within':
      return `${rule.line} lies between ${rule.low} and ${rule.high}${rule.at === undefined ? '' : ` at ${rule.at}`}.`;
    default:
      return rule satisfies never;
  }
}

function sayAt(at: 'last' | number | undefined): string {
  if (at === undefined) return ' everywhere';
  return at === 'last' ? ' at the end' : ` at ${at}`;
}
