/** What a board picture shows, worked out apart from how it is drawn. */
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
}

/** The pieces in the order of their slots: the order in which the model sees them, which tells nothing. */
export function placePieces(sample: JigsawSample, placement: Placement): Piece[] {
  const cells = placement === 'argmax' ? sample.predicted : sample.assigned;
  const top = topSlots(cells, sample.confidence);
  return Array.from(sample.order, (patch, slot) => ({
    patch,
    cell: cells[slot],
    context: slot < sample.context,
    right: cells[slot] === patch,
    confidence: sample.confidence[slot],
    covered: top.get(cells[slot]) !== slot,
  }));
}

/** Of the slots that claim a cell, the one of which the model is surest (the first of equals). */
function topSlots(cells: Uint16Array, confidence: Float32Array): Map<number, number> {
  const top = new Map<number, number>();
  cells.forEach((cell, slot) => {
    const rival = top.get(cell);
    if (rival === undefined || confidence[slot] > confidence[rival]) top.set(cell, slot);
  });
  return top;
}

export interface PlacementCount {
  pieces: number;
  right: number;
  /** Cells that more than one piece claims. */
  collisions: number;
  /** Cells that no piece claims. */
  holes: number;
}

export function countPlacement(pieces: readonly Piece[]): PlacementCount {
  const claims = new Map<number, number>();
  for (const piece of pieces) claims.set(piece.cell, (claims.get(piece.cell) ?? 0) + 1);
  return {
    pieces: pieces.length,
    right: pieces.filter((piece) => piece.right).length,
    collisions: [...claims.values()].filter((count) => count > 1).length,
    holes: pieces.length - claims.size,
  };
}
