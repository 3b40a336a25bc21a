/** A Vision Transformer encoder: all that decides its parameters, and how it is trained. */
export interface ModelSpec {
  /** Numbers in one flattened patch, p * p * channels. */
  patchLength: number;
  /** Patches of a picture (n). */
  patches: number;
  width: number;
  depth: number;
  heads: number;
  /** Width of the MLP's hidden layer over the model's width. */
  mlpRatio: number;
  /** Whether a learned class token stands before the patches. */
  classToken: boolean;
  /** Chance in training that a sample skips a branch of the last block; it grows evenly from 0 at the first. */
  dropPath: number;
}
