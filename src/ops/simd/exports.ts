/**
 * A kernel that works on a range (of elements, rows, groups, pieces or blocks, as assembly/*.ts describes it) and that threads
 * may share. Tensors are byte offsets in tfjs's heap; `thread` picks the thread's own part of a scratch.
 */
export type RangeKernel<Arguments extends number[]> = (
  ...args: [...Arguments, start: number, end: number, thread: number]
) => void;

/** The range kernels of assembly/*.ts. */
export interface RangeKernels {
  accuracy: RangeKernel<[logits: number, labels: number, rights: number, classes: number]>;
  adamW: RangeKernel<
    [
      parameters: number,
      firstMoment: number,
      secondMoment: number,
      decay: number,
      rate: number,
      gradient: number,
      norm: number,
      hyper: number,
      halted: number,
      epsilon: number,
    ]
  >;
  addToRows: RangeKernel<[x: number, y: number, all: number, rows: number, width: number]>;
  biasGrad: RangeKernel<
    [kept: number, dBias: number, batch: number, queries: number, context: number, width: number, heads: number]
  >;
  contextAttention: RangeKernel<
    [
      q: number,
      kv: number,
      bias: number,
      out: number,
      weights: number,
      scratch: number,
      queries: number,
      context: number,
      width: number,
      heads: number,
    ]
  >;
  contextAttentionGrad: RangeKernel<
    [
      q: number,
      kv: number,
      weights: number,
      dy: number,
      dq: number,
      dkv: number,
      kept: number,
      scratch: number,
      queries: number,
      context: number,
      width: number,
      heads: number,
    ]
  >;
  boolsToFloats: RangeKernel<[x: number, y: number]>;
  countBoth: RangeKernel<[first: number, second: number, count: number, batch: number]>;
  copyRows: RangeKernel<[x: number, y: number, xSample: number, ySample: number, count: number]>;
  crossEntropy: RangeKernel<[logits: number, labels: number, probabilities: number, losses: number, classes: number]>;
  crossEntropyGrad: RangeKernel<
    [probabilities: number, labels: number, dLogits: number, dy: number, rows: number, classes: number]
  >;
  dropout: RangeKernel<[x: number, key: number, y: number, stream: number, group: number, threshold: number, factor: number]>;
  ema: RangeKernel<[average: number, values: number, rate: number]>;
  fillZeros: RangeKernel<[y: number]>;
  gatherRows: RangeKernel<[x: number, index: number, y: number, rows: number, taken: number, width: number, shared: number]>;
  gelu: RangeKernel<[x: number, y: number]>;
  gradientNorm: RangeKernel<[partials: number, blocks: number, norm: number, halted: number]>;
  geluGrad: RangeKernel<[x: number, dy: number, dx: number]>;
  embedWords: RangeKernel<[table: number, index: number, y: number, words: number, width: number, scale: number]>;
  embedWordsGrad: RangeKernel<[dy: number, index: number, dTable: number, places: number, width: number, scale: number]>;
  groupedConv: RangeKernel<
    [
      x: number,
      panels: number,
      bias: number,
      y: number,
      scratch: number,
      batch: number,
      rows: number,
      columns: number,
      kernelRows: number,
      kernelColumns: number,
      width: number,
      groups: number,
    ]
  >;
  groupedConvSums: RangeKernel<
    [partials: number, dWeight: number, dBias: number, slices: number, taps: number, width: number, groups: number]
  >;
  groupedConvWeightGrad: RangeKernel<
    [
      x: number,
      dy: number,
      partials: number,
      scratch: number,
      batch: number,
      slice: number,
      rows: number,
      columns: number,
      kernelRows: number,
      kernelColumns: number,
      width: number,
      groups: number,
    ]
  >;
  infoNce: RangeKernel<
    [
      products: number,
      queriesPresent: number,
      keysPresent: number,
      logSums: number,
      losses: number,
      batch: number,
      sharpness: number,
    ]
  >;
  infoNceSlopes: RangeKernel<
    [
      products: number,
      queriesPresent: number,
      keysPresent: number,
      querySums: number,
      keySums: number,
      dy: number,
      counts: number,
      pair: number,
      pairs: number,
      batch: number,
      temperature: number,
    ]
  >;
  infoNceMeans: RangeKernel<[sampleLosses: number, counts: number, losses: number, loss: number, pairs: number, batch: number]>;
  l2Normalise: RangeKernel<[x: number, y: number, inverseNorms: number, width: number, epsilon: number]>;
  l2NormaliseGrad: RangeKernel<[dy: number, y: number, inverseNorms: number, dx: number, width: number]>;
  layerNorm: RangeKernel<
    [x: number, gamma: number, beta: number, y: number, means: number, inverseStds: number, width: number, epsilon: number]
  >;
  layerNormGrad: RangeKernel<
    [
      x: number,
      gamma: number,
      means: number,
      inverseStds: number,
      dy: number,
      dx: number,
      partials: number,
      rows: number,
      width: number,
    ]
  >;
  layerNormSums: RangeKernel<[partials: number, dGamma: number, dBeta: number, rows: number, width: number]>;
  l2sp: RangeKernel<[gradient: number, parameters: number, origin: number, held: number, y: number, weight: number]>;
  linear: RangeKernel<[x: number, panels: number, bias: number, y: number, inner: number, columns: number]>;
  linearResidual: RangeKernel<
    [x: number, panels: number, bias: number, residual: number, y: number, inner: number, columns: number]
  >;
  linearWeightGrad: RangeKernel<
    [
      xPanels: number,
      dyPanels: number,
      dWeight: number,
      dBias: number,
      inner: number,
      columns: number,
      rows: number,
      slice: number,
      more: number,
    ]
  >;
  mars: RangeKernel<[parameters: number, origin: number, inputs: number, outputs: number, radius: number, halted: number]>;
  meanOfDoubles: RangeKernel<[x: number, count: number, mean: number]>;
  mlp: RangeKernel<
    [
      x: number,
      panels1: number,
      bias1: number,
      panels2: number,
      bias2: number,
      residual: number,
      active: number,
      slope: number,
      y: number,
      width: number,
      hidden: number,
    ]
  >;
  mlpInputGrad: RangeKernel<
    [dy: number, panels2: number, slope: number, panels1: number, dHidden: number, dx: number, width: number, hidden: number]
  >;
  packGroups: RangeKernel<[weight: number, panels: number, taps: number, width: number, groups: number, turned: number]>;
  packPanels: RangeKernel<[x: number, y: number, rows: number, columns: number, slice: number]>;
  packTransposedPanels: RangeKernel<[x: number, y: number, rows: number, columns: number]>;
  recAdam: RangeKernel<
    [
      parameters: number,
      firstMoment: number,
      secondMoment: number,
      origin: number,
      share: number,
      hyper: number,
      numbers: number,
      halted: number,
      epsilon: number,
    ]
  >;
  repeatRows: RangeKernel<[x: number, y: number, times: number, width: number, factor: number]>;
  scatterRows: RangeKernel<[dy: number, index: number, dx: number, rows: number, taken: number, width: number]>;
  scatterTable: RangeKernel<[dy: number, index: number, dTable: number, places: number, width: number]>;
  sumOfSquares: RangeKernel<[x: number, rate: number, partials: number, count: number]>;
  sumSamples: RangeKernel<[x: number, y: number, rows: number, width: number, factor: number]>;
  toFloats: RangeKernel<[x: number, y: number]>;
  wordLoss: RangeKernel<
    [logits: number, labels: number, dLogits: number, losses: number, rights: number, scale: number, words: number]
  >;
}

export type RangeArguments<Name extends keyof RangeKernels> =
  RangeKernels[Name] extends RangeKernel<infer Arguments> ? Arguments : never;

/** All that the compiled module exports: the range kernels, the sizes they need, and what is too small to share. */
export interface SimdExports extends RangeKernels {
  attentionScratch(queries: number, context: number, size: number): number;
  groupedConvPanels(taps: number, channels: number): number;
  groupedConvPartials(taps: number, channels: number): number;
  groupedConvScratch(rows: number, columns: number, kernelRows: number, kernelColumns: number, channels: number): number;
  layerNormBlocks(rows: number): number;
  layerNormGradScratch(rows: number, width: number): number;
  panelled(columns: number): number;
  squareBlocks(count: number): number;
  /** A list of calls for every thread at once, see walk.ts; of its range only the number of the thread counts. */
  walk(
    list: number,
    counters: number,
    calls: number,
    first: number,
    naps: number,
    mayNap: number,
    start: number,
    end: number,
    thread: number,
  ): number;
  weightGradPieces(inner: number, columns: number): number;
}
