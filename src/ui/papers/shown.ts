/** The numbers of a card, by whom they are from. */
import type { CardForm, FigureCard } from '../../config/figures/card.ts';
import { type CardResult, linesOf } from '../../metrics/cardResult.ts';
import { type FigureLines, figureLines } from '../../metrics/figureLines.ts';
import type { CardReport } from '../store/sweep.ts';
import { formOn, partValues } from './cardPoints.ts';
import { sayMeasured } from './measuredByUs.ts';

/** Numbers of one source. */
export interface Shown {
  whose: 'yours' | 'ours';
  form: CardForm;
  lines: FigureLines;
  /** "Measured by us: 3 seeds, CIFAR-10". */
  said: string;
  /** As it is committed. */
  result?: CardResult;
}

/** What there is to show: the visitor's own first. */
export function shownOf(card: FigureCard, report: CardReport | null, measured: CardResult | null): Shown[] {
  const own: Shown[] = [];
  if (report !== null) {
    const form = formOn(card, report.sweep);
    const lines = figureLines(card, form, partValues(form, report.results));
    if (hasPoints(lines)) own.push({ whose: 'yours', form, lines, said: `Measured by you: 1 seed, ${report.datasetName}` });
  }
  if (measured === null) return own;
  const form = card.sizes[measured.size];
  const ours: Shown = {
    whose: 'ours',
    form,
    lines: linesOf(measured),
    said: `Measured by us: ${sayMeasured(measured, form)}`,
    result: measured,
  };
  return [...own, ours];
}

function hasPoints(lines: FigureLines): boolean {
  return Object.values(lines).some((points) => points.length > 0);
}
