/** A Vision Transformer encoder: all that decides its parameters, and how it is trained. */
export interface ModelSpec {
  /** Numbers in one flattened patch; 1 where it is the id of a word. */
  patchLength: number;
  /** Rows of the table that embeds words; absent where tokens are numbers, which a matrix embeds. */
  vocabulary?: number;
  /** The axes that they run over, the last one fastest: row, column and channel of a picture's patch. */
  layout: readonly number[];
  /** Cells that tokens come from: [rows, columns] of a picture, [n] for tokens on a line. */
  grid: readonly number[];
  /** Cells in all (n). */
  patches: number;
  width: number;
  depth: number;
  heads: number;
  /** Width of the MLP's hidden layer over the model's width. */
  mlpRatio: number;
  /** Whether a learned class token stands before the patches. */
  classToken: boolean;
  /** What the model is told of where a patch is (methods 0, 1.4). */
  positions: Positions;
  /** Whether blocks normalise before their branches (ViT) or after adding them (data2vec 2.0, methods 3.1). */
  norm: 'pre' | 'post';
  /** Whether a norm stands behind the last block: unless said otherwise, behind pre-norm blocks. */
  finalNorm?: boolean;
  /** Chance in training that a sample skips a branch of the last block; it grows evenly from 0 at the first. */
  dropPath: number;
}

/**
 * `sincos`: fixed waves; `learned`: a vector for each cell; `relative`: learned offsets between cells, added to the attention's
 * scores in every block.
 */
export type Positions = 'none' | 'sincos' | 'learned' | 'relative';
