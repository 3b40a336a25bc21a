import * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../base/invariant.ts';
import { kernelOr, withGradient } from './kernels.ts';
import { stackMatrices } from './stackMatrices.ts';

/** Two modalities that are matched, by their places in z. */
export type ModalityPair = readonly [first: number, second: number];

export interface InfoNceSettings {
  /** What scores are divided by, more than 0. */
  temperature: number;
  /** At least one; the loss is the mean over them. */
  pairs: readonly ModalityPair[];
}

export interface InfoNce {
  loss: tf.Scalar;
  /** (pairs) the loss of each, which no gradient comes from; 0 where it does not count. */
  losses: tf.Tensor1D;
  /** (pairs) samples that have both members. A pair with fewer than two has nothing to tell apart, and does not count. */
  counts: tf.Tensor1D;
}

/** As good as infinite: e to its negative is 0, and twice as much is a number still. */
export const INFO_NCE_FAR = 1e30;

/**
 * InfoNCE between modalities (van den Oord et al. 2018; for pairs of modalities VATT, Akbari et al. 2021): with Z = z_a z_b' / tau the
 * mean of cross-entropy(Z, diagonal) and cross-entropy(Z', diagonal), and of that the mean over pairs. A sample without one of the two
 * members asks for nothing (its row weighs 0), and an absent member is in no denominator (its column is -infinity); a member that
 * is there without its partner is a negative for the others.
 *
 * @param embeddings (k, B, E), or k of (B, E): one for each modality and sample, of unit length
 * @param present (k, B) 1 where the sample has that modality, else 0; its embedding may be any finite numbers there
 */
export function infoNce(
  embeddings: tf.Tensor3D | readonly tf.Tensor2D[],
  present: tf.Tensor2D,
  settings: InfoNceSettings,
): InfoNce {
  const z = embeddings instanceof tf.Tensor ? embeddings : stackMatrices(embeddings);
  check(z, present, settings);
  const { temperature } = settings;
  const attributes = { temperature, pairs: settings.pairs.flat() };
  // Before the node on the tape, which lets nothing out but its value.
  const [loss, losses, counts, logSums] = kernelOr('InfoNce', { z, present }, attributes, () =>
    composeForward(z, present, settings),
  ) as [tf.Tensor, tf.Tensor1D, tf.Tensor1D, tf.Tensor];
  const value = withGradient(
    [z],
    (z) => ({ value: tf.clone(loss), saved: [z, present, logSums, counts] }),
    (dy, [z, present, logSums, counts]) => [
      kernelOr('InfoNceGrad', { dy, z, present, logSums, counts }, attributes, () =>
        composeGradient(dy, { z, present, logSums, counts }, settings),
      ),
    ],
  ) as tf.Scalar;
  return { loss: value, losses, counts };
}

function check({ shape: [modalities, batch] }: tf.Tensor3D, present: tf.Tensor2D, { temperature, pairs }: InfoNceSettings): void {
  tf.util.assertShapesMatch(present.shape, [modalities, batch], 'infoNce: ');
  invariant(temperature > 0, `a temperature of ${temperature} is none`);
  invariant(pairs.length > 0, 'there is no pair to match');
  const known = (place: number) => Number.isInteger(place) && place >= 0 && place < modalities;
  invariant(
    pairs.every(([a, b]) => a !== b && known(a) && known(b)),
    `${JSON.stringify(pairs)} are not pairs of ${modalities} modalities`,
  );
}

/** [loss, losses (pairs), counts (pairs), log of each denominator (pairs, 2, B), far where a row does not count]. */
function composeForward(z: tf.Tensor3D, present: tf.Tensor2D, settings: InfoNceSettings): tf.Tensor[] {
  const parts = settings.pairs.map((pair) => {
    const { weight, right, scores, firstMask, secondMask } = matchOf(z, present, pair, settings.temperature);
    const logSums = [logSumRows(tf.add(scores, secondMask)), logSumRows(tf.add(tf.transpose(scores), firstMask))];
    const count = tf.sum(weight);
    const sums = logSums.map((logSum) => tf.sum(tf.mul(weight, tf.sub(logSum, right))));
    const loss = tf.div(tf.mul(tf.add(sums[0], sums[1]), enough(count)), tf.mul(tf.maximum(count, 1), 2));
    const idle = tf.mul(tf.sub(1, weight), INFO_NCE_FAR);
    return { loss, count, logSums: tf.stack(logSums.map((logSum) => tf.add(logSum, idle))) };
  });
  const [losses, counts] = [tf.stack(parts.map(({ loss }) => loss)), tf.stack(parts.map(({ count }) => count))];
  const mean = tf.div(tf.sum(losses), tf.maximum(tf.sum(enough(counts)), 1));
  return [mean, losses, counts, tf.stack(parts.map(({ logSums }) => logSums))];
}

type Kept = Record<'z' | 'present' | 'logSums' | 'counts', tf.Tensor>;

/** With G = softmax of rows + softmax of columns - 2 I: dz_a = G z_b, dz_b = G' z_a, times dy / (2 count, pairs, temperature). */
function composeGradient(dy: tf.Tensor, kept: Kept, { temperature, pairs }: InfoNceSettings): tf.Tensor {
  const [modalities, batch, width] = kept.z.shape as [number, number, number];
  const used = enough(kept.counts);
  const shares = tf.div(tf.mul(used, dy), tf.mul(tf.maximum(kept.counts, 1), tf.maximum(tf.sum(used), 1)));
  const gradients: tf.Tensor[] = Array.from({ length: modalities }, () => tf.zeros([batch, width]));
  pairs.forEach(([first, second], i) => {
    const { a, b, weight, scores, firstMask, secondMask } = matchOf(
      kept.z as tf.Tensor3D,
      kept.present as tf.Tensor2D,
      [first, second],
      temperature,
    );
    const [rows, columns] = [0, 1].map((side) => tf.reshape(tf.slice(kept.logSums, [i, side, 0], [1, 1, batch]), [batch, 1]));
    const slopes = tf.add(
      tf.exp(tf.sub(tf.add(scores, secondMask), rows)),
      tf.transpose(tf.exp(tf.sub(tf.add(tf.transpose(scores), firstMask), columns))),
    ) as tf.Tensor2D;
    const share = tf.div(tf.slice(shares, [i], [1]), 2 * temperature);
    const diagonal = tf.reshape(tf.mul(weight, 2), [batch, 1]);
    const add = (place: number, product: tf.Tensor, partner: tf.Tensor): void => {
      gradients[place] = tf.add(gradients[place], tf.mul(tf.sub(product, tf.mul(diagonal, partner)), share));
    };
    add(first, tf.matMul(slopes, b), b);
    add(second, tf.matMul(tf.transpose(slopes), a), a);
  });
  return tf.stack(gradients);
}

/** What both directions of a pair share. A mask is 0 for who is there and far below for who is not, in one row. */
function matchOf(z: tf.Tensor3D, present: tf.Tensor2D, [first, second]: ModalityPair, temperature: number) {
  const [, batch, width] = z.shape;
  const [a, b] = [first, second].map((place) =>
    tf.reshape<tf.Rank.R2>(tf.slice(z, [place, 0, 0], [1, batch, width]), [batch, width]),
  );
  const [hasA, hasB] = [first, second].map((place) => tf.reshape(tf.slice(present, [place, 0], [1, batch]), [batch]));
  const mask = (has: tf.Tensor) => tf.reshape(tf.mul(tf.sub(has, 1), INFO_NCE_FAR), [1, batch]);
  return {
    a,
    b,
    /** (B) 1 where both are there. */
    weight: tf.mul(hasA, hasB),
    /** (B) scores of the right answers. */
    right: tf.div(tf.sum(tf.mul(a, b), 1), temperature),
    /** (B, B) */
    scores: tf.div(tf.matMul(a, tf.transpose(b)), temperature),
    firstMask: mask(hasA),
    secondMask: mask(hasB),
  };
}

/** (B, B) -> (B). */
function logSumRows(x: tf.Tensor): tf.Tensor {
  const highest = tf.max(x, 1, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, highest)), 1)), tf.reshape(highest, [x.shape[0] as number]));
}

/** 1 where there are two or more, else 0. */
function enough<T extends tf.Tensor>(counts: T): T {
  return tf.cast(tf.greaterEqual(counts, 2), 'float32') as T;
}
