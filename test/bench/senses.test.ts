/** What it costs to bring several encoders together: a contrastive step beside a step of each encoder by itself, in turns. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { median } from '../../src/base/statistics.ts';
import { measureSenses } from '../../src/bench/senses.ts';
import { Parameters } from '../../src/model/parameters.ts';
import { memberTokens, type SenseSpec, separateSenses } from '../../src/model/senses.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encode, encoderParameters } from '../../src/model/transformer.ts';
import { infoNce } from '../../src/ops/infoNce.ts';
import { meanSquaredError } from '../../src/ops/meanSquaredError.ts';
import { meanTokens } from '../../src/ops/meanTokens.ts';
import { rampPairs, tinyPairsConfig } from '../tinyPairs.ts';
import { startWasm } from '../tinyRun.ts';

/** The defaults of contrastive pretraining: 16 patches, 25 pieces of sound, 8 words. */
const BATCH = 64;
const WIDTH = 48;
const SENSES: SenseSpec[] = [
  { name: 'picture', spec: specOf([4, 4], 64) },
  { name: 'sound', spec: specOf([25], 80) },
  { name: 'text', spec: { ...specOf([8], 1), vocabulary: 35 } },
];
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;
const TURNS = 9;
const MOST = 2.5;

function specOf(grid: readonly number[], length: number): ModelSpec {
  return {
    ...{ patchLength: length, layout: [length], grid, patches: grid.reduce((all, side) => all * side, 1) },
    ...{ width: WIDTH, depth: 2, heads: 4, mlpRatio: 4, classToken: false, positions: 'sincos', norm: 'pre', dropPath: 0 },
  };
}

const random = (name: string) => new Random(1, name);

function tokensOf(name: string, { patches, patchLength, vocabulary }: ModelSpec): tf.Tensor3D {
  const source = random(name);
  if (vocabulary !== undefined) {
    const ids = Int32Array.from({ length: BATCH * patches }, () => source.below(vocabulary));
    return tf.tensor3d(ids, [BATCH, patches, 1], 'int32');
  }
  const values = Float32Array.from({ length: BATCH * patches * patchLength }, () => source.normal());
  return tf.tensor3d(values, [BATCH, patches, patchLength]);
}

/** Forward and backward to all that is trained; read back, as a step's loss is. */
async function step(parameters: Parameters, loss: (weights: Record<string, tf.Tensor>) => tf.Scalar): Promise<number> {
  const started = performance.now();
  const value = tf.tidy(() => {
    const weights = parameters.weights();
    const { value, grads } = tf.engine().gradients(
      () => loss(weights),
      parameters.trained.map((name) => weights[name]),
    );
    parameters.flatten(grads);
    return value;
  });
  await value.data();
  value.dispose();
  return performance.now() - started;
}

beforeAll(startWasm);

it(`costs less than ${MOST} times what its encoders cost`, async () => {
  const senses = separateSenses(SENSES, WIDTH, 'after');
  const all = new Parameters(senses.parameters, random);
  const tokens = Object.fromEntries(SENSES.map(({ name, spec }) => [memberTokens(name), tokensOf(name, spec)]));
  const present = tf.ones<tf.Rank.R2>([SENSES.length, BATCH]);
  const together = () =>
    step(all, (weights) => {
      const embeddings = SENSES.map(({ name }) => senses.project(weights, tokens, name));
      return infoNce(embeddings, present, { temperature: 0.1, pairs: PAIRS }).loss;
    });
  const alone = SENSES.map(({ name, spec }) => {
    const own = new Parameters(encoderParameters(spec), random);
    // Some gradient for every number of the mean.
    const target = meanTokens(tokensOf(`${name} target`, specOf([8], WIDTH)));
    return () =>
      step(own, (weights) => {
        const mean = meanTokens(encode(weights, spec, tokens[memberTokens(name)]));
        return meanSquaredError(mean, target);
      });
  });
  const times = { together: [] as number[], alone: [] as number[] };
  for (let turn = -2; turn < TURNS; turn++) {
    const [contrastive, singles] = [await together(), [] as number[]];
    for (const one of alone) singles.push(await one());
    if (turn < 0) continue;
    times.together.push(contrastive);
    times.alone.push(singles.reduce((sum, time) => sum + time));
  }
  const [contrastive, encoders] = [times.together, times.alone].map((list) => median(list) ?? Number.NaN);
  expect(contrastive / encoders, `${contrastive.toFixed(1)} ms against ${encoders.toFixed(1)} ms`).toBeLessThan(MOST);
}, 120_000);

it('is timed in turns with each of the encoders that it trains, whose ratio is told', async () => {
  const before = tf.memory().numTensors;
  const { stepMs, drawingMs, encoderMs, ratio, wholeRatio, range, rounds } = await measureSenses(
    tinyPairsConfig(),
    rampPairs(),
    3,
  );
  expect(encoderMs.map(({ sense }) => sense)).toEqual(['picture', 'text']);
  for (const { ms } of encoderMs) expect(ms).toBeGreaterThan(0);
  const encoders = encoderMs[0].ms + encoderMs[1].ms;
  expect(ratio).toBeCloseTo((stepMs - drawingMs) / encoders, 9);
  expect(wholeRatio).toBeCloseTo(stepMs / encoders, 9);
  expect(range[0]).toBeLessThanOrEqual(range[1]);
  expect(rounds).toBe(3);
  expect(tf.memory().numTensors).toBe(before);
}, 120_000);
