/** Puts our WGSL kernels beside tfjs's own on its webgpu backend. */
import * as tf from '@tensorflow/tfjs-core';
import { ACCURACY_OPS } from './accuracy.ts';
import { ADAMW_OPS } from './adamw.ts';
import { ATTENTION_OPS } from './attention.ts';
import { BROADCAST_TOKEN_OPS } from './broadcastToken.ts';
import { CROSS_ENTROPY_OPS } from './crossEntropy.ts';
import { DROPOUT_OPS } from './dropout.ts';
import { EMA_OPS } from './ema.ts';
import { EMBED_WORDS_OPS } from './embedWords.ts';
import { GATHER_ROWS_OPS } from './gatherRows.ts';
import { GATHER_TABLE_OPS } from './gatherTable.ts';
import { GELU_OPS } from './gelu.ts';
import { GROUPED_CONV_OPS } from './groupedConv.ts';
import { INFO_NCE_OPS } from './infoNce.ts';
import type { Gpu, WgslCall, WgslOps } from './kernel.ts';
import { L2_NORMALISE_OPS } from './l2Normalise.ts';
import { LAYER_NORM_OPS } from './layerNorm.ts';
import { LINEAR_OPS } from './linear.ts';
import { MEAN_ERROR_OPS } from './meanError.ts';
import { MEAN_TOKENS_OPS } from './meanTokens.ts';
import { MLP_OPS } from './mlp.ts';
import { PREPEND_TOKEN_OPS } from './prependToken.ts';
import { REGULARISER_OPS } from './regularisers.ts';
import { SELF_ATTENTION_OPS } from './selfAttention.ts';
import { SOFT_CROSS_ENTROPY_OPS } from './softCrossEntropy.ts';
import { SPLIT_FLAT_OPS } from './splitFlat.ts';
import { WORD_LOSS_OPS } from './wordLoss.ts';

const BACKEND = 'webgpu';

const WGSL_OPS: WgslOps = {
  ...ACCURACY_OPS,
  ...ADAMW_OPS,
  ...ATTENTION_OPS,
  ...BROADCAST_TOKEN_OPS,
  ...CROSS_ENTROPY_OPS,
  ...DROPOUT_OPS,
  ...EMA_OPS,
  ...EMBED_WORDS_OPS,
  ...GATHER_ROWS_OPS,
  ...GATHER_TABLE_OPS,
  ...GELU_OPS,
  ...GROUPED_CONV_OPS,
  ...INFO_NCE_OPS,
  ...L2_NORMALISE_OPS,
  ...LAYER_NORM_OPS,
  ...LINEAR_OPS,
  ...MEAN_ERROR_OPS,
  ...MEAN_TOKENS_OPS,
  ...MLP_OPS,
  ...PREPEND_TOKEN_OPS,
  ...REGULARISER_OPS,
  ...SELF_ATTENTION_OPS,
  ...SOFT_CROSS_ENTROPY_OPS,
  ...SPLIT_FLAT_OPS,
  ...WORD_LOSS_OPS,
};

/** Registers a kernel for every op that has one; again it replaces the executor of all of them. */
export function registerWgslKernels(gpu: Gpu): void {
  unregisterWgslKernels();
  for (const [kernelName, run] of Object.entries(WGSL_OPS)) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      // The op's host file gives these inputs and attributes to `kernelOr` under the same name.
      kernelFunc: ({ inputs, attrs }) =>
        run({
          gpu,
          inputs: inputs as WgslCall['inputs'],
          attributes: (attrs ?? {}) as WgslCall['attributes'],
          sizes: (attrs?.sizes ?? []) as readonly number[],
          pairs: (attrs?.pairs ?? []) as readonly number[],
        }),
    });
  }
}

/** Back to compositions of tfjs's kernels, for comparing the two. */
export function unregisterWgslKernels(): void {
  for (const kernelName of Object.keys(WGSL_OPS)) {
    if (tf.getKernel(kernelName, BACKEND) !== undefined) tf.unregisterKernel(kernelName, BACKEND);
  }
}
