/**
 * What the compiled module exports. A kernel works on a range of elements, rows, groups, pieces or blocks, and what it writes
 * for one of them does not depend on the range: threads share a call, and the numbers are the same for any number of them.
 * None has state, a stack or static data in the heap that it shares with tfjs and with the other threads.
 */
export { accuracy } from './accuracy';
export { adamW, gradientNorm, squareBlocks, sumOfSquares } from './adamw';
export { attentionScratch, biasGrad, contextAttention, contextAttentionGrad } from './attention';
export { crossEntropy, crossEntropyGrad, wordLoss } from './crossEntropy';
export { dropout } from './dropout';
export { ema } from './ema';
export { embedWords, embedWordsGrad, gatherRows, scatterRows, scatterTable } from './gather';
export { gelu, geluGrad } from './gelu';
export {
  groupedConv,
  groupedConvPanels,
  groupedConvPartials,
  groupedConvScratch,
  groupedConvSums,
  groupedConvWeightGrad,
  packGroups,
} from './groupedConv';
export { countBoth, infoNce, infoNceMeans, infoNceSlopes } from './infoNce';
export { l2Normalise, l2NormaliseGrad } from './l2Normalise';
export { layerNorm, layerNormBlocks, layerNormGrad, layerNormGradScratch, layerNormSums } from './layerNorm';
export { addToRows, packPanels, packTransposedPanels, panelled } from './layout';
export { linear, linearResidual, linearWeightGrad, mlp, mlpInputGrad, weightGradPieces } from './linear';
export { l2sp, mars, recAdam } from './regularisers';
export { boolsToFloats, copyRows, fillZeros, repeatRows, sumSamples, toFloats } from './rows';
export { meanOfDoubles } from './vector';
export { walk } from './walk';
