/** The shape of a Vision Transformer encoder: all that decides its parameters. */
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
}
