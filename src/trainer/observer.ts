/** How a run is looked at while it trains. The trainer and the page know objectives' pictures and scores only through this. */
import type { PictureSet } from '../data/pictures.ts';
import type { AttentionReport, BoardReport, EvaluationReport } from './reports.ts';

export interface Observer {
  /** How the task stands on the board's pictures. */
  board(pictures: PictureSet): Promise<BoardReport>;
  /**
   * One round of measuring on held-out pictures, in pieces that take no longer than a training step or so. Yields the
   * report whenever a part of it is new, `undefined` after other pieces.
   */
  evaluate(): AsyncGenerator<EvaluationReport | undefined, void, void>;
  /** Where every head looks on one of the board's pictures. */
  inspect(pictures: PictureSet, sample: number): Promise<AttentionReport>;
  /** Frees what the observer itself holds on the backend. */
  dispose(): void;
}
