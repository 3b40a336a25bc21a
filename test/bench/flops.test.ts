import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { namedValues, type Problem, StepInputs } from '../../src/bench/problem.ts';
import { loadStockGradients } from '../../src/bench/stockGradients.ts';
import { StockModel } from '../../src/bench/stockModel.ts';
import { stepFlops } from '../../src/trainer/flops.ts';
import { colourSubject, startWasm } from '../tinyRun.ts';
import { toyProblem } from './toyProblem.ts';

beforeAll(startWasm);

/** Adds up the matrix products that stock tfjs really runs, forward and backward. */
async function countedFlops(problem: Problem): Promise<number> {
  const { spec, config, placements, weights } = problem;
  const inputs = new StepInputs(problem);
  const { patches, order } = inputs.next();
  const { batch } = config.optimiser;
  const values = namedValues(problem, weights);
  const variables = placements.map(({ spec: { name, shape } }) => tf.variable(tf.tensor(values[name], [...shape])));
  const model = new StockModel(spec, Object.fromEntries(placements.map((place, i) => [place.spec.name, variables[i]])));
  const batchTensors = {
    patches: tf.tensor3d(patches, [batch, spec.patches, spec.patchLength]),
    order: tf.tensor2d(order, [batch, spec.patches], 'int32'),
    context: inputs.context,
  };
  const take = await loadStockGradients();
  const profile = await tf.profile(() => {
    const { value } = tf.tidy(() => take(() => tf.engine().gradients(() => model.loss(batchTensors), variables)));
    return value;
  });
  tf.dispose([...variables, batchTensors.patches, batchTensors.order]);
  const products = profile.kernels.filter(({ name }) => name === 'BatchMatMul');
  return products.reduce((sum, { inputShapes, outputShapes }) => sum + productFlops(inputShapes, outputShapes), 0);
}

/** (..., i, k) x (..., k, j), whichever of the factors is transposed: |A| |B| / |C| is k k for each of the leading ones. */
function productFlops(inputShapes: (number[] | null)[], outputShapes: (number[] | null)[]): number {
  const [a, b] = inputShapes.map((shape) => tf.util.sizeFromShape(shape ?? []));
  const product = outputShapes[0] ?? [];
  const size = tf.util.sizeFromShape(product);
  const leading = tf.util.sizeFromShape(product.slice(0, -2));
  return 2 * size * Math.sqrt((a * b) / size / leading);
}

it.each([0, 0.5, 0.75])('counts what stock tfjs multiplies, mask ratio %d', async (maskRatio) => {
  const problem = toyProblem(maskRatio);
  const counted = await countedFlops(problem);
  expect(counted).toBeGreaterThan(1e6);
  expect(stepFlops(problem.config, colourSubject(problem.config, 2))).toBeCloseTo(counted, -1);
});
