/**
 * Targets of MAE that tables of training patches make (He et al. 2022, table 1d; methods 2.1): the largest PCA coefficients of a patch,
 * or which entry of a code book is nearest to it. The code book stands in for BEiT's tokens, which a network (dVAE) learned.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError } from '../base/errors.ts';
import { invariant } from '../base/invariant.ts';
import { nearestRows } from '../base/nearestRows.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import type { Subject } from './objective.ts';
import type { CodeBook, PatchTables, Principal } from './patchTables.ts';

export interface LearnedTarget {
  readonly kind: 'pca' | 'tokens';
  /** Numbers that the decoder says of a patch. */
  readonly outputs: number;
  /** Of patches (B, rows, patchLength): coefficients (B, rows, outputs), or entries (B rows) int32. */
  encode(patches: HostTensor): HostTensor;
  /** Patches (rows, patchLength) of what was painted (rows, outputs): by coefficients, or the most probable entry. */
  decode(painted: Float32Array): Float32Array;
  loss(painted: tf.Tensor3D, targets: tf.Tensor): tf.Scalar;
}

type Settings = Pick<RunConfig['mae'], 'target' | 'components' | 'codes'>;

/**
 * @param subject without tables it can be asked for `outputs` alone
 * @returns undefined where pixels are painted
 * @throws BadSettingError when a patch has fewer numbers than components are asked for
 */
export function learnedTarget({ target, components, codes }: Settings, subject: Subject): LearnedTarget | undefined {
  const { length } = subject.tokens;
  const tables = (): PatchTables => {
    invariant(subject.tables !== undefined, 'there are no training patches to learn a table from');
    return subject.tables;
  };
  if (target === 'pca') {
    if (components > length) {
      throw new BadSettingError(
        `A patch has ${length} numbers, and so no ${components} components: lower them (mae.components) or cut larger patches.`,
      );
    }
    return pcaTarget(components, length, () => tables().principal(components));
  }
  return target === 'tokens' ? tokenTarget(codes, length, () => tables().codeBook(codes)) : undefined;
}

export function pcaTarget(outputs: number, length: number, principal: () => Principal): LearnedTarget {
  return {
    kind: 'pca',
    outputs,
    encode({ data, shape: [batch, rows] }) {
      const { mean, components } = principal();
      const coefficients = new Float32Array(batch * rows * outputs);
      for (let i = 0; i < coefficients.length; i++) {
        const [patch, component] = [Math.floor(i / outputs) * length, (i % outputs) * length];
        let sum = 0;
        for (let j = 0; j < length; j++) sum += components[component + j] * (data[patch + j] - mean[j]);
        coefficients[i] = sum;
      }
      return { data: coefficients, shape: [batch, rows, outputs] };
    },
    decode(painted) {
      const { mean, components } = principal();
      return Float32Array.from({ length: (painted.length / outputs) * length }, (_, i) => {
        const [row, j] = [Math.floor(i / length) * outputs, i % length];
        let sum = mean[j];
        for (let c = 0; c < outputs; c++) sum += painted[row + c] * components[c * length + j];
        return sum;
      });
    },
    loss: (painted, targets) => meanSquaredError(painted, targets as tf.Tensor3D),
  };
}

export function tokenTarget(outputs: number, length: number, book: () => CodeBook): LearnedTarget {
  return {
    kind: 'tokens',
    outputs,
    encode({ data, shape: [batch, rows] }) {
      return { data: nearestRows(book().centres, length, data as Float32Array), shape: [batch * rows] };
    },
    decode(painted) {
      const { centres } = book();
      const patches = new Float32Array((painted.length / outputs) * length);
      for (let row = 0; row < painted.length / outputs; row++) {
        const code = largestOf(painted.subarray(row * outputs, (row + 1) * outputs));
        patches.set(centres.subarray(code * length, (code + 1) * length), row * length);
      }
      return patches;
    },
    loss: (painted, targets) => crossEntropy(tf.reshape<tf.Rank.R2>(painted, [targets.size, outputs]), targets as tf.Tensor1D),
  };
}

function largestOf(scores: Float32Array): number {
  return scores.reduce((best, score, i) => (score > scores[best] ? i : best), 0);
}
