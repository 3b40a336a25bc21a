/** Each op's kernel on wasm: takes what the op's host file gives `kernelOr`, and returns what its composition returns. */
import type * as tf from '@tensorflow/tfjs-core';
import { accuracy } from './kernels/accuracy.ts';
import { adamW } from './kernels/adamw.ts';
import { biasedAttentionGrad, contextAttention, contextAttentionGrad } from './kernels/attention.ts';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall, type SimdKernel } from './kernels/call.ts';
import { crossEntropy, crossEntropyGrad, wordLoss } from './kernels/crossEntropy.ts';
import { dropout } from './kernels/dropout.ts';
import { ema } from './kernels/ema.ts';
import { concatFlat, splitFlat } from './kernels/flat.ts';
import { embedWords, embedWordsGrad, gatherRows, gatherTable, scatterRows, scatterTable } from './kernels/gather.ts';
import { groupedConv, groupedConvGrad } from './kernels/groupedConv.ts';
import { infoNce, infoNceGrad } from './kernels/infoNce.ts';
import { l2Normalise, l2NormaliseGrad } from './kernels/l2Normalise.ts';
import { layerNorm, layerNormGrad } from './kernels/layerNorm.ts';
import { linear, linearGrad, linearResidual, linearWeightGrad } from './kernels/linear.ts';
import { mlp, mlpGrad } from './kernels/mlp.ts';
import { prependTokenGrad } from './kernels/prependToken.ts';
import { l2sp, mars, recAdam } from './kernels/regularisers.ts';
import {
  broadcastToken,
  broadcastTokenGrad,
  concatRows,
  concatRowsGrad,
  meanTokens,
  meanTokensGrad,
  sliceRows,
  sliceRowsGrad,
} from './kernels/rows.ts';
import { selfAttention, selfAttentionGrad } from './kernels/selfAttention.ts';

export const SIMD_KERNELS: Readonly<Record<string, SimdKernel>> = {
  Accuracy: accuracy,
  AdamW: adamW,
  BiasedAttention: contextAttention,
  BiasedAttentionGrad: biasedAttentionGrad,
  BroadcastToken: broadcastToken,
  BroadcastTokenGrad: broadcastTokenGrad,
  ConcatFlat: concatFlat,
  ConcatRows: concatRows,
  ConcatRowsGrad: concatRowsGrad,
  ContextAttention: contextAttention,
  ContextAttentionGrad: contextAttentionGrad,
  CrossEntropy: crossEntropy,
  CrossEntropyGrad: crossEntropyGrad,
  Dropout: dropout,
  Ema: ema,
  EmbedWords: embedWords,
  EmbedWordsGrad: embedWordsGrad,
  GatherRows: gatherRows,
  GatherTable: gatherTable,
  Gelu: gelu,
  GeluGrad: geluGrad,
  GroupedConv: groupedConv,
  GroupedConvGrad: groupedConvGrad,
  InfoNce: infoNce,
  InfoNceGrad: infoNceGrad,
  L2Normalise: l2Normalise,
  L2NormaliseGrad: l2NormaliseGrad,
  L2sp: l2sp,
  LayerNorm: layerNorm,
  LayerNormGrad: layerNormGrad,
  Linear: linear,
  LinearGrad: linearGrad,
  LinearResidual: linearResidual,
  LinearWeightGrad: linearWeightGrad,
  Mars: mars,
  MeanTokens: meanTokens,
  MeanTokensGrad: meanTokensGrad,
  Mlp: mlp,
  MlpGrad: mlpGrad,
  PrependTokenGrad: prependTokenGrad,
  ScatterRows: scatterRows,
  ScatterTable: scatterTable,
  SelfAttention: selfAttention,
  SelfAttentionGrad: selfAttentionGrad,
  RecAdam: recAdam,
  SliceRows: sliceRows,
  SliceRowsGrad: sliceRowsGrad,
  SplitFlat: splitFlat,
  WordLoss: wordLoss,
};

function gelu({ heap, share, inputs: { x } }: SimdCall): tf.TensorInfo {
  const y = heap.tensor(x.shape);
  share('gelu', [heap.address(x), heap.address(y)], elementsOf(x), ELEMENTS_GRAIN);
  return y;
}

function geluGrad({ heap, share, inputs: { x, dy } }: SimdCall): tf.TensorInfo {
  const dx = heap.tensor(x.shape);
  share('geluGrad', [heap.address(x), heap.address(dy), heap.address(dx)], elementsOf(x), ELEMENTS_GRAIN);
  return dx;
}
