/**
 * Kernels that reduce by subgroups: as near to the references as those that do not, on the device with subgroups as it has them, and
 * with played ones of any size. An adapter that has no subgroups fails.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSoftware } from '../../src/engine/adapter.ts';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { Dispatcher } from '../../src/engine/gpu/dispatcher.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { subgroupsAreRight } from '../../src/engine/gpu/subgroupsTrial.ts';
import { tfjsInternals } from '../../src/engine/gpu/tfjs.ts';
import { sumInWorkgroup } from '../../src/ops/wgsl/inWorkgroup.ts';
import type { Gpu, Kernel } from '../../src/ops/wgsl/kernel.ts';
import { reads, writes } from '../../src/ops/wgsl/perThread.ts';
import { WORD_LOSS_OPS } from '../../src/ops/wgsl/wordLoss.ts';
import { wordLossReference } from '../../src/ops/wordLoss.reference.ts';
import { itCountsHits } from './cases/accuracy.ts';
import { itUpdatesLikeAdamW } from './cases/adamw.ts';
import { crossEntropyCases, itMeasuresSurprise } from './cases/crossEntropy.ts';
import { meanErrorCases } from './cases/meanError.ts';
import { softCrossEntropyCases } from './cases/softCrossEntropy.ts';
import { itCountsRightWords, wordLossCases } from './cases/wordLoss.ts';
import { itHolds } from './support/checks.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { playedSubgroups } from './support/playedSubgroups.ts';

const CLOSE = { absolute: 2e-5, relative: 1e-5 };

const problems: string[] = [];
let gpu: Dispatcher;
/** What was dispatched, by label: whether its text enables subgroups. */
const dispatched = new Map<string, boolean>();

beforeAll(async () => {
  await selectBackend('webgpu', { ...browserEnvironment(), onGpuProblem: (message) => problems.push(message) });
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) throw new Error('webgpu runs without a session of ours');
  gpu = dispatcher;
  const dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (kernel, tensors) => {
    dispatched.set(kernel.label, kernel.code.startsWith('enable subgroups;'));
    dispatch(kernel, tensors);
  };
});

// A kernel that does not compile leaves its outputs as they were, which may be right by chance.
afterEach(() => expect(problems.splice(0)).toEqual([]));

describe('on this device', () => {
  it('are chosen where the adapter is no software, and told of with the engine', async () => {
    const adapter = await browserEnvironment().gpu?.requestAdapter();
    if (!adapter) throw new Error('there is no adapter');
    expect(gpu.subgroups).toBe(!isSoftware(adapter));
    gpu.subgroups = true;
    expect(currentEngine().device).toMatch(/, sums by subgroups$/);
    gpu.subgroups = false;
    expect(currentEngine().device).not.toMatch(/subgroups/);
  });

  it('are right', async () => {
    gpu.subgroups = false;
    expect(await subgroupsAreRight(gpu)).toBe(true);
    expect(gpu.subgroups).toBe(false);
  });

  it.each([
    ['a sum is wrong', 'sum = subgroupAdd(sum);', 'sum = subgroupMul(sum);'],
    ['a maximum is wrong', 'subgroupMax', 'subgroupMin'],
    ['a sum of exponentials is wrong', 'total0 = subgroupAdd(total0);', ''],
    ['a number that is none is lost', 'total[0] = sum;', 'total[0] = clamp(sum, 0f, 1e6f);'],
    ['a kernel does not compile', 'subgroupExclusiveAdd', 'subgroupDoesWhatNobodyKnows'],
  ])('are not taken where %s', async (_name, right, wrong) => {
    const broken = new Dispatcher(tfjsInternals(tf.backend() as WebGPUBackend));
    breakCode(broken, (code) => code.replaceAll(right, wrong));
    expect(await subgroupsAreRight(broken)).toBe(false);
    problems.splice(0);
  });
});

/** Every kernel of a dispatcher compiles as another text. */
function breakCode(dispatcher: Dispatcher, change: (code: string) => string): void {
  const dispatch = dispatcher.dispatch.bind(dispatcher);
  dispatcher.dispatch = (kernel, tensors) => dispatch({ ...kernel, code: change(kernel.code) }, tensors);
}

describe('with subgroups', () => {
  beforeEach(() => {
    gpu.subgroups = true;
    dispatched.clear();
  });
  afterEach(() => {
    gpu.subgroups = false;
  });

  it('every kernel that is made to reduce does so through them', () => {
    const kernel = sumOf(gpu);
    expect(kernel.code).toMatch(/^enable subgroups;/);
    expect(kernel.code).not.toMatch(/subgroup_size|subgroup_id/);
    losses(wordLossInputs(3, 24));
    expect(Object.fromEntries(dispatched)).toEqual({ 'word loss': true, 'word loss mean': true });
  });

  describe('wordLoss', () => {
    itHolds(wordLossCases);
    itCountsRightWords();
  });
  describe('crossEntropy', () => {
    itHolds(crossEntropyCases);
    itMeasuresSurprise();
  });
  describe('softCrossEntropy', () => itHolds(softCrossEntropyCases));
  describe('mean errors', () => itHolds(meanErrorCases));
  describe('accuracy', itCountsHits);
  describe('adamW', itUpdatesLikeAdamW);

  it.each([
    [1, 2],
    [5, 333],
    [3, 4100],
  ])('word loss of %i rows of %i is what halving makes of it', async (rows, words) => {
    const inputs = wordLossInputs(rows, words);
    const found = losses(inputs);
    gpu.subgroups = false;
    const expected = losses(inputs);
    for (const [i, tensor] of found.entries()) expectAllClose(await tensor.data(), await expected[i].data(), CLOSE);
  });
});

/** Sizes that GPUs have, one that a workgroup is no multiple of, and one whose threads do not lie beside each other. */
describe.each([
  [4, false],
  [8, true],
  [32, false],
  [48, false],
  [64, true],
  [128, false],
])('with played subgroups of %i threads (interleaved: %s)', (size, interleaved) => {
  let played: Gpu;
  beforeAll(() => {
    played = {
      tuning: gpu.tuning,
      subgroups: true,
      tensor: (shape, dtype) => gpu.tensor(shape, dtype),
      copy: () => undefined,
      dispose: (tensor) => gpu.dispose(tensor),
      dispatch: (kernel, tensors) => gpu.dispatch({ ...kernel, code: playedSubgroups(kernel.code, size, interleaved) }, tensors),
    };
  });

  it('adds up a workgroup', async () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => i);
    const sum = played.tensor([]);
    played.dispatch(sumOf(played), [tf.tensor(values), sum]);
    expect(await tf.engine().makeTensorFromTensorInfo(sum).data()).toEqual(Float32Array.of(500_500));
  });

  it('finds the loss of words', async () => {
    const inputs = wordLossInputs(5, 331);
    const [both] = losses(inputs, played);
    const [logits, labels] = [Float64Array.from(await inputs.logits.data()), Int32Array.from(await inputs.labels.data())];
    const { loss, accuracy } = wordLossReference(logits, labels);
    expectAllClose(await both.data(), [loss, accuracy], CLOSE);
  });
});

function sumOf(target: Gpu): Kernel {
  return sumInWorkgroup(target, {
    label: 'sum',
    buffers: { numbers: reads(), total: writes() },
    sizes: { count: 1001 },
    share: 'for (var i = thread; i < sizes.count; i += THREADS) { sum += numbers[i]; }',
    finish: 'total[0] = sum;',
  });
}

/** [loss and accuracy (2), gradient (rows, words)] */
function losses(inputs: ReturnType<typeof wordLossInputs>, target: Gpu = gpu): tf.Tensor[] {
  const made = [WORD_LOSS_OPS.WordLoss({ gpu: target, inputs, attributes: {}, sizes: [], pairs: [] })].flat();
  return made.map((info) => tf.engine().makeTensorFromTensorInfo(info));
}

function wordLossInputs(rows: number, words: number) {
  const labels = Int32Array.from({ length: rows }, (_, row) => (row * 97 + 3) % words);
  return {
    logits: tf.tensor(normalInput('logits', [rows, words], 3).values, [rows, words]),
    labels: tf.tensor(labels, [rows], 'int32'),
  };
}
