/** Every figure and table of the papers that can be repeated here. */
import type { FigureCard } from './card.ts';
import { MAE_CARDS } from './mae.ts';
import { MAE_TABLE_CARDS } from './maeTable.ts';

/** By paper, in the order in which they are listed. */
export const FIGURE_CARDS: readonly FigureCard[] = [...MAE_CARDS, ...MAE_TABLE_CARDS];

/** The card of an id, as links and commands name it. */
export function cardOf(id: string): FigureCard | undefined {
  return FIGURE_CARDS.find((card) => card.id === id);
}
