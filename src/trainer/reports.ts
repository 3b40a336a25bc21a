/** What a run tells about itself. Plain data: the same objects reach the page, the command line and the tests. */
import type { PositionReport } from '../metrics/positionScores.ts';

export interface StepReport {
  /** Steps done, this one included. */
  step: number;
  loss: number;
  /** Share of the batch's patches put where they belong (argmax, all patches). */
  accuracy: number;
  learningRate: number;
  /** Global norm of the gradient before clipping. */
  gradientNorm: number;
  /** Time that the step added: from its start, or from the end of the one before if they overlapped. */
  milliseconds: number;
}

/** Position scores on a set of pictures with fixed puzzles, at one test mask ratio. */
export interface PositionResult extends PositionReport {
  eta: number;
  /** Share of patches put right when the puzzle is solved as a whole (linear assignment). */
  assignmentAccuracy: number;
}

/** One point of the mask-ratio explorer, and the step it was measured at. */
export interface EtaPoint {
  eta: number;
  accuracy: number;
  step: number;
}

/**
 * The latest of everything that is measured on held-out pictures. It is sent whenever a part of it is new; parts that
 * have not been measured yet are absent or empty.
 */
export interface EvaluationReport {
  /** The step that `scores` were measured at. */
  step: number;
  /** At the run's own mask ratio. */
  scores: PositionResult;
  etaCurve: EtaPoint[];
  /** (depth, heads) mean attention distance in patches, full attention, class token left out. */
  attentionDistance?: Float32Array;
  /** The same number for attention that is spread evenly. */
  uniformDistance: number;
  /** Accuracy of a model without attention (depth 0) on the same pictures. */
  contentFloor?: number;
}

/** How one board picture's puzzle stands. All arrays have one entry per slot; slot s holds the patch of cell `order[s]`. */
export interface JigsawSample {
  /** (n) the true cell of the patch in each slot. Slots below `context` are context, the others are masked. */
  order: Uint16Array;
  context: number;
  /** (n) where the model would put each slot's patch (argmax). */
  predicted: Uint16Array;
  /** (n) probability of that cell. */
  confidence: Float32Array;
  /** (n) where each patch goes when the puzzle is solved as a whole. */
  assigned: Uint16Array;
}

/** The objective decides what its board shows; the page picks the panel by `kind`. */
export type BoardReport = { kind: 'jigsaw'; step: number; samples: JigsawSample[] };

export interface AttentionReport {
  step: number;
  /** Index of the board picture. */
  sample: number;
  depth: number;
  heads: number;
  /** Patches (n). */
  patches: number;
  /** (depth, heads, n, n) attention of query cell (row) over key cells (column), in raster order, rows sum to 1. */
  maps: Float32Array;
}
