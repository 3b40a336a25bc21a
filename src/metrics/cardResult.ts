/** What a card measured, as it is written down: the same on every machine, and of one size of one card. */
import { type CardForm, type CardSize, type FigureCard, ruleTexts } from '../config/figures/card.ts';
import { RESULTS_VERSION } from '../config/resultsVersion.ts';
import { judgeCard } from './cardWords.ts';
import { type FigureLines, figureLines, type PartValues } from './figureLines.ts';
import type { Verdict } from './verdict.ts';

export interface CardResult {
  /** Its id. */
  card: string;
  size: CardSize;
  /** `RESULTS_VERSION` of the program that measured it. */
  version: number;
  /** What samples it was measured on: "CIFAR-10", "Scenes". */
  data: string;
  /** That measures it again. */
  command: string;
  lines: { name: string; points: ResultPoint[] }[];
  verdicts: CardVerdict[];
}

export interface CardVerdict {
  /** As a sentence. */
  rule: string;
  verdict: Verdict;
  /** What decided it. */
  because: string;
}

interface ResultPoint {
  x?: number;
  /** Over seeds. */
  mean: number;
  /** Sample standard deviation; null of one seed. */
  deviation: number | null;
  seeds: readonly number[];
  /** Of each seed. */
  values: readonly number[];
}

/** As its lines and rules stand with what is measured so far. */
export function cardResult(
  card: FigureCard,
  size: CardSize,
  values: PartValues,
  { data, command }: Pick<CardResult, 'data' | 'command'>,
): CardResult {
  const form = card.sizes[size];
  const lines = figureLines(card, form, values);
  return {
    card: card.id,
    size,
    version: RESULTS_VERSION,
    data,
    command,
    lines: Object.entries(lines).map(([name, points]) => ({
      name,
      points: points.map(({ x, mean, deviation, seeds, values: own }) => ({
        ...(x !== undefined && { x }),
        mean,
        deviation: Number.isNaN(deviation) ? null : deviation,
        seeds,
        values: own,
      })),
    })),
    verdicts: verdictsOf(card, form, lines),
  };
}

/** Every rule of a card as a sentence, and what it comes to, in their order. @param form the one that the lines are of */
export function verdictsOf(card: FigureCard, form: CardForm, lines: FigureLines): CardVerdict[] {
  const texts = ruleTexts(card);
  return judgeCard(card, form, lines).map((judgement, i) => ({ rule: texts[i] ?? '', ...judgement }));
}

/** Its lines as they were computed. */
export function linesOf({ lines }: Pick<CardResult, 'lines'>): FigureLines {
  return Object.fromEntries(
    lines.map(({ name, points }) => [
      name,
      points.map(({ x, mean, deviation, seeds, values }) => ({
        ...(x !== undefined && { x }),
        count: seeds.length,
        mean,
        deviation: deviation ?? Number.NaN,
        seeds,
        values,
      })),
    ]),
  );
}
