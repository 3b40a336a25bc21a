import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { infoNceReference } from '../../../src/ops/infoNce.reference.ts';
import { infoNce, type ModalityPair } from '../../../src/ops/infoNce.ts';
import { expectAllClose, type Tolerance } from '../support/closeness.ts';
import { normalInput } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

export const ALL_PAIRS: readonly ModalityPair[] = [
  [0, 1],
  [0, 2],
  [1, 2],
];

interface Case {
  shape: [modalities: number, batch: number, width: number];
  pairs: readonly ModalityPair[];
  temperature?: number;
  /** Modality and sample of the members that are not there. */
  absent?: readonly (readonly [modality: number, sample: number])[];
  tolerance?: Partial<Tolerance>;
}

function infoNceCase(name: string, { shape, pairs, temperature = 0.1, absent = [], tolerance = {} }: Case): OpCase {
  const [modalities, batch, width] = shape;
  const present = new Float32Array(modalities * batch).fill(1);
  for (const [modality, sample] of absent) present[modality * batch + sample] = 0;
  return {
    name: `${name}, B ${batch}, E ${width}`,
    inputs: [unitRows(normalInput('z', shape))],
    op: (z) => infoNce(z as tf.Tensor3D, tf.tensor2d(present, [modalities, batch]), { temperature, pairs }).loss,
    reference: (z) => infoNceReference(z, present, { batch, width, temperature, pairs }).slice(0, 1),
    tolerance,
  };
}

/** As the op is used; more would only make the exponentials larger. */
function unitRows({ shape, values }: Input): Input {
  const width = shape[2];
  const norms = Array.from({ length: values.length / width }, (_, row) =>
    Math.hypot(...values.subarray(row * width, (row + 1) * width)),
  );
  return { shape, values: values.map((value, i) => value / (norms[Math.floor(i / width)] as number)) };
}

const first = [[0, 1]] as const;

export const infoNceCases: OpCase[] = [
  ...[2, 3, 7, 8, 17, 64].map((batch) => infoNceCase('one pair', { shape: [2, batch, 8], pairs: first })),
  ...[1, 3, 4, 5, 48].map((width) => infoNceCase('all pairs', { shape: [3, 9, width], pairs: ALL_PAIRS })),
  infoNceCase('through the first', { shape: [3, 6, 12], pairs: ALL_PAIRS.slice(0, 2) }),
  infoNceCase('a pair of the last two', { shape: [3, 6, 12], pairs: [[2, 1]] }),
  infoNceCase('a sharp temperature', { shape: [2, 12, 8], pairs: first, temperature: 0.02, tolerance: { relative: 5e-4 } }),
  infoNceCase('a flat temperature', { shape: [2, 12, 8], pairs: first, temperature: 1 }),
  infoNceCase('absent members', {
    shape: [3, 9, 8],
    pairs: ALL_PAIRS,
    absent: [
      [0, 0],
      [1, 3],
      [1, 4],
      [2, 4],
      [0, 8],
    ],
  }),
  infoNceCase('a pair that does not count', {
    shape: [3, 4, 8],
    pairs: ALL_PAIRS,
    absent: [
      [2, 0],
      [2, 1],
      [2, 3],
    ],
  }),
];

/** Values known beforehand, on the backend that is current when the tests run. */
export function itMatches(): void {
  const losses = async (z: tf.Tensor3D, pairs: readonly ModalityPair[], temperature: number, present?: tf.Tensor2D) => {
    const [modalities, batch] = z.shape;
    const found = infoNce(z, present ?? tf.ones([modalities, batch]), { temperature, pairs });
    const [[loss], each, counts] = await Promise.all([found.loss, found.losses, found.counts].map((x) => x.data()));
    return { loss: loss as number, each: [...each], counts: [...counts] };
  };
  const oneHot = (batch: number) => tf.stack([tf.eye(batch), tf.eye(batch)]) as tf.Tensor3D;

  it('is what two samples give by hand, in both directions', async () => {
    // Z = [[1, 0], [.6, .8]]: rows say softplus(-1) and softplus(-.2), columns softplus(-.4) and softplus(-.8).
    const z = tf.tensor3d([1, 0, 0.6, 0.8, 1, 0, 0, 1], [2, 2, 2]);
    const softplus = (x: number) => Math.log(1 + Math.exp(x));
    const byHand = (softplus(-1) + softplus(-0.2) + softplus(-0.4) + softplus(-0.8)) / 4;
    expect((await losses(z, [[0, 1]], 1)).loss).toBeCloseTo(byHand, 6);
  });

  it('does not ask which of two modalities comes first', async () => {
    const z = tf.tensor3d(normalInput('z', [2, 11, 7]).values, [2, 11, 7]);
    expect((await losses(z, [[0, 1]], 0.5)).loss).toBe((await losses(z, [[1, 0]], 0.5)).loss);
  });

  it.each([0.05, 0.1, 1])('is ln(1 + (B - 1) e^(-1 / tau)) where every sample is its own direction: tau %f', async (tau) => {
    expect((await losses(oneHot(9), [[0, 1]], tau)).loss).toBeCloseTo(Math.log(1 + 8 * Math.exp(-1 / tau)), 6);
  });

  it('is ln B where all are the same', async () => {
    expect((await losses(tf.ones([3, 16, 4]), ALL_PAIRS, 0.1)).loss).toBeCloseTo(Math.log(16), 5);
  });

  it('has absent members in no denominator, whatever they hold', async () => {
    const z = tf.tensor3d(normalInput('z', [2, 5, 4], 0.5).values, [2, 5, 4]);
    const without = tf.concat([tf.slice(z, [0, 0, 0], [2, 2, 4]), tf.slice(z, [0, 3, 0], [2, 2, 4])], 1) as tf.Tensor3D;
    const present = tf.tensor2d([1, 1, 0, 1, 0, 1, 1, 0, 1, 0], [2, 5]);
    const mask = tf.reshape(present, [2, 5, 1]);
    const far = tf.add(tf.mul(z, mask), tf.mul(tf.sub(1, mask), 1e3)) as tf.Tensor3D;
    const [masked, shorter] = [
      await losses(far, [[0, 1]], 0.1, present),
      await losses(without, [[0, 1]], 0.1, tf.tensor2d([1, 1, 1, 0, 1, 1, 1, 0], [2, 4])),
    ];
    expect(masked.loss).toBeCloseTo(shorter.loss, 5);
    const gradient = tf.grad((z: tf.Tensor) => infoNce(z as tf.Tensor3D, present, { temperature: 0.1, pairs: [[0, 1]] }).loss)(
      far,
    );
    const values = await gradient.data();
    for (const [modality, sample] of [
      [0, 2],
      [0, 4],
      [1, 2],
      [1, 4],
    ] as const) {
      expect([...values.subarray((modality * 5 + sample) * 4, (modality * 5 + sample + 1) * 4)].map(Math.abs)).toEqual([
        0, 0, 0, 0,
      ]);
    }
  });

  it('takes a member without its partner for a negative', async () => {
    const z = tf.tensor3d([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0], [2, 3, 2]);
    const present = tf.tensor2d([1, 1, 0, 1, 1, 1], [2, 3]);
    // Queries of the first kind meet e, 1, e or 1, e, 1; those of the second, whose third has no partner, e, 1 and 1, e.
    const e = Math.E;
    const byHand = (Math.log((2 * e + 1) / e) + Math.log((e + 2) / e) + 2 * Math.log((e + 1) / e)) / 4;
    expect((await losses(z, [[0, 1]], 1, present)).loss).toBeCloseTo(byHand, 6);
  });

  it('tells the loss of every pair, and leaves those out of the mean that have nothing to tell apart', async () => {
    const z = tf.tensor3d(normalInput('z', [3, 4, 6], 0.5).values, [3, 4, 6]);
    const present = tf.tensor2d([1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0], [3, 4]);
    const all = await losses(z, ALL_PAIRS, 0.1, present);
    expect(all.counts).toEqual([3, 1, 1]);
    expect(all.each.slice(1)).toEqual([0, 0]);
    expect(all.loss).toBe(all.each[0]);
    const settings = { batch: 4, width: 6, temperature: 0.1, pairs: ALL_PAIRS };
    const expected = infoNceReference(await z.data(), await present.data(), settings);
    expectAllClose([all.loss, ...all.each], expected, { absolute: 1e-5, relative: 1e-5 });
    const nothing = await losses(z, ALL_PAIRS, 0.1, tf.zeros([3, 4]));
    expect(nothing).toEqual({ loss: 0, each: [0, 0, 0], counts: [0, 0, 0] });
    const gradient = tf.grad((z: tf.Tensor) => infoNce(z as tf.Tensor3D, tf.zeros([3, 4]), settings).loss)(z);
    expect([...(await gradient.data())].map(Math.abs)).toEqual(new Array(72).fill(0));
  });

  it('takes a list of matrices for what they are together', async () => {
    const z = normalInput('z', [3, 5, 4], 0.5);
    const settings = { temperature: 0.1, pairs: ALL_PAIRS };
    const together = tf.tensor3d(z.values, [3, 5, 4]);
    const apart = [0, 1, 2].map((k) => tf.tensor2d(z.values.subarray(k * 20, (k + 1) * 20), [5, 4]));
    const lossOf = (...parts: tf.Tensor[]) => infoNce(parts as tf.Tensor2D[], tf.ones([3, 5]), settings).loss;
    expect([...(await lossOf(...apart).data())]).toEqual([...(await infoNce(together, tf.ones([3, 5]), settings).loss.data())]);
    const whole = await tf
      .grad((z: tf.Tensor) => infoNce(z as tf.Tensor3D, tf.ones([3, 5]), settings).loss)(together)
      .data();
    const parts = await Promise.all(
      tf
        .grads(lossOf)(apart)
        .map((part) => part.data()),
    );
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
  });

  it('says no to pairs that are none', () => {
    const wrong = (pairs: readonly ModalityPair[]) => () =>
      infoNce(tf.ones([2, 3, 4]), tf.ones([2, 3]), { temperature: 0.1, pairs });
    expect(wrong([])).toThrow(/no pair/);
    expect(wrong([[0, 2]])).toThrow(/not pairs of 2/);
    expect(wrong([[1, 1]])).toThrow(/not pairs of 2/);
    expect(() => infoNce(tf.ones([2, 3, 4]), tf.ones([3, 2]), { temperature: 0.1, pairs: [[0, 1]] })).toThrow(/infoNce/);
    expect(() => infoNce(tf.ones([2, 3, 4]), tf.ones([2, 3]), { temperature: 0, pairs: [[0, 1]] })).toThrow(/temperature/);
  });
}
