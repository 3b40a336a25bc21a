/** What a board picture shows, worked out apart from how it is drawn. */
import { surestSlots } from '../../metrics/jigsaw.ts';
import type { JigsawSample } from '../../trainer/reports.ts';

/** `argmax`: each piece where the model would put it. `assignment`: the puzzle solved as a whole. */
export type Placement = 'argmax' | 'assignment';

export interface Piece {
  /** Where the patch belongs; it also names the piece, whatever slot it was shuffled into. */
  patch: number;
  /** Where it is put. */
  cell: number;
  /** False when the patch was masked: nobody could attend to it. */
  context: boolean;
  right: boolean;
  /** Probability that the model gives to its own first choice. */
  confidence: number;
  /** Another piece, of which the model is surer, was put on the same cell. */
  covered: boolean;
  /** The model does not get it at all: it lies nowhere. */
  dropped: boolean;
  /** The model was told where it belongs. */
  anchor: boolean;
}

/** The pieces in the order of their slots: the order in which the model sees them, which tells nothing. */
export function placePieces(sample: JigsawSample, placement: Placement): Piece[] {
  const cells = placement === 'argmax' ? sample.predicted : sample.assigned;
  const { kept = sample.order.length, anchors = 0 } = sample;
  const top = surestSlots(cells.subarray(0, kept), sample.confidence);
  return Array.from(sample.order, (patch, slot) => ({
    patch,
    cell: cells[slot],
    context: slot < sample.context,
    right: cells[slot] === patch,
    confidence: sample.confidence[slot],
    covered: top.get(cells[slot]) !== slot,
    dropped: slot >= kept,
    anchor: slot < anchors,
  }));
}

export interface PlacementCount {
  /** That the model has to place. */
  pieces: number;
  right: number;
  /** Cells that more than one piece claims. */
  collisions: number;
  /** Cells that no piece claims, of those that were to be claimed. */
  holes: number;
}

export function countPlacement(pieces: readonly Piece[]): PlacementCount {
  const claims = new Map<number, number>();
  const kept = pieces.filter(({ dropped }) => !dropped);
  for (const piece of kept) claims.set(piece.cell, (claims.get(piece.cell) ?? 0) + 1);
  const asked = kept.filter(({ anchor }) => !anchor);
  return {
    pieces: asked.length,
    right: asked.filter((piece) => piece.right).length,
    collisions: [...claims.values()].filter((count) => count > 1).length,
    holes: kept.length - claims.size,
  };
}
