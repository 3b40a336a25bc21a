/** MAE and SimMIM against PyTorch, on both backends of the processor. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import type { ParameterSpec, Weights } from '../../src/model/parameters.ts';
import { maeLoss, maeParameters } from '../../src/objectives/mae.ts';
import { simmimLoss, simmimPainter, simmimParameters } from '../../src/objectives/simmim.ts';
import { expectStep, type Fixture, readFixture, toWeights } from '../reference/fixture.ts';
import { decoderOf, encoderSees, fixedWeights, maePainterOf, ordersOf, specOf, uploadedTask } from './paintingFixture.ts';

function trainedShapes(parameters: readonly ParameterSpec[]): Record<string, readonly number[]> {
  const trained = parameters.filter(({ trainable = true }) => trainable);
  return Object.fromEntries(trained.map(({ name, shape }) => [name, shape]));
}

function fixtureShapes({ weights }: Fixture): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape]));
}

/** Rows in the order of the mask, put where they belong. */
function inRasterOrder(rows: Float32Array, orders: readonly Int32Array[], length: number): Float32Array {
  const raster = new Float32Array(rows.length);
  orders
    .flatMap((order, b) => [...order].map((cell) => b * order.length + cell))
    .forEach((cell, row) => {
      raster.set(rows.subarray(row * length, (row + 1) * length), cell * length);
    });
  return raster;
}

function expectPrediction(all: tf.Tensor3D, fixture: Fixture): void {
  const { shape, data } = fixture.outputs.prediction;
  const painted = inRasterOrder(all.dataSync<'float32'>().slice(), ordersOf(fixture), shape[2]);
  expect(painted).toHaveLength(data.length);
  data.forEach((value, i) => {
    expect(painted[i]).toBeCloseTo(value, 4);
  });
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, await nodeEnvironment(false));
  });

  it.each(['mae', 'maePixels', 'maeWide', 'maeLine', 'maePca', 'maeTokens', 'maeAllPlaces'])(
    'paints, errs and learns as PyTorch computed: %s',
    async (name) => {
      const fixture = readFixture(name);
      const painter = maePainterOf(fixture);
      const parameters = maeParameters(
        specOf(fixture),
        decoderOf(fixture),
        { encoderSees: encoderSees(fixture) },
        painter.learned?.outputs,
      );
      expect(trainedShapes(parameters)).toEqual(fixtureShapes(fixture));
      const fixed = fixedWeights(parameters);
      const task = uploadedTask(fixture, painter, fixture.settings.kept);
      await expectStep(fixture, (weights) => maeLoss(painter, weights, task), fixed);
      const weights: Weights = { ...toWeights(fixture.weights), ...fixed };
      expectPrediction(painter.paint(weights, task, 'all'), fixture);
    },
  );

  it.each(['simmim', 'simmimWide'])('paints, errs and learns as PyTorch computed: %s', async (name) => {
    const fixture = readFixture(name);
    const spec = specOf(fixture);
    const painter = simmimPainter(spec, fixture.settings.maskUnit);
    const kept = spec.patches - fixture.settings.masked;
    expect(painter.kept(fixture.settings.ratio)).toBe(kept);
    const parameters = simmimParameters(spec);
    expect(trainedShapes(parameters)).toEqual(fixtureShapes(fixture));
    const fixed = fixedWeights(parameters);
    const task = uploadedTask(fixture, painter, kept);
    await expectStep(fixture, (weights) => simmimLoss(painter, weights, task), fixed);
    const weights: Weights = { ...toWeights(fixture.weights), ...fixed };
    expectPrediction(painter.paint(weights, task, 'all'), fixture);
  });
});
