/**
 * The compiled kernels of assembly/*.ts, where each is described. Tensors are byte offsets in tfjs's heap; `start` and `end`
 * are a range of elements, rows or groups.
 */
export interface SimdExports {
  adamW(
    parameters: number,
    firstMoment: number,
    secondMoment: number,
    decay: number,
    gradient: number,
    gradientScale: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    stepSize: number,
    secondScale: number,
    shrinkage: number,
    start: number,
    end: number,
  ): void;
  attentionScratch(queries: number, context: number, size: number): number;
  clear(x: number, count: number): void;
  contextAttention(
    q: number,
    kv: number,
    out: number,
    weights: number,
    scratch: number,
    queries: number,
    context: number,
    width: number,
    heads: number,
    start: number,
    end: number,
  ): void;
  contextAttentionGrad(
    q: number,
    kv: number,
    weights: number,
    dy: number,
    dq: number,
    dkv: number,
    scratch: number,
    queries: number,
    context: number,
    width: number,
    heads: number,
    start: number,
    end: number,
  ): void;
  crossEntropy(logits: number, labels: number, probabilities: number, classes: number, start: number, end: number): number;
  crossEntropyGrad(
    probabilities: number,
    labels: number,
    dLogits: number,
    scale: number,
    classes: number,
    start: number,
    end: number,
  ): void;
  gelu(x: number, y: number, start: number, end: number): void;
  geluGrad(x: number, dy: number, dx: number, start: number, end: number): void;
  layerNorm(
    x: number,
    gamma: number,
    beta: number,
    y: number,
    means: number,
    inverseStds: number,
    width: number,
    epsilon: number,
    start: number,
    end: number,
  ): void;
  layerNormGrad(
    x: number,
    gamma: number,
    means: number,
    inverseStds: number,
    dy: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    width: number,
    start: number,
    end: number,
  ): void;
  linear(
    x: number,
    weight: number,
    bias: number,
    y: number,
    scratch: number,
    inner: number,
    columns: number,
    start: number,
    end: number,
  ): void;
  linearGradScratch(inner: number, columns: number): number;
  linearInputGrad(
    dy: number,
    weight: number,
    dx: number,
    scratch: number,
    inner: number,
    columns: number,
    start: number,
    end: number,
  ): void;
  linearScratch(inner: number, columns: number): number;
  linearWeightGrad(
    x: number,
    dy: number,
    dWeight: number,
    dBias: number,
    scratch: number,
    inner: number,
    columns: number,
    start: number,
    end: number,
  ): void;
  sumOfSquares(x: number, start: number, end: number): number;
}
