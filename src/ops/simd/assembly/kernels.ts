/**
 * What the compiled module exports. Each kernel works on a range of elements, rows or groups, so that several could share one
 * call; none has state, a stack or static data in the heap that it shares with tfjs.
 */
export { adamW, sumOfSquares } from './adamw';
export { attentionScratch, contextAttention, contextAttentionGrad } from './attention';
export { crossEntropy, crossEntropyGrad } from './crossEntropy';
export { gelu, geluGrad } from './gelu';
export { layerNorm, layerNormGrad } from './layerNorm';
export { linear, linearGradScratch, linearInputGrad, linearScratch, linearWeightGrad } from './linear';
export { clear } from './vector';
