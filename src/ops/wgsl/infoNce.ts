/**
 * InfoNCE without a matrix of scores in the forward pass: every row's sum of exponentials is built up online, in parts of its
 * columns, and the parts are joined in order. No barriers and no atomics: replays agree bit for bit.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { INFO_NCE_FAR } from '../infoNce.ts';
import type { Kernel, WgslCall, WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, type ThreadKernel, writes } from './perThread.ts';

export const INFO_NCE_OPS: WgslOps = { InfoNce: infoNce, InfoNceGrad: infoNceGrad };

/** Columns of a row that one thread sums. */
const PART = 8;

interface Shape {
  modalities: number;
  batch: number;
  width: number;
  temperature: number;
  /** Two modalities each: number 2 p + d asks and 2 p + 1 - d answers in direction d of pair p. */
  pairs: readonly number[];
}

function shapeOf({ inputs: { z }, attributes: { temperature }, pairs }: WgslCall): Shape {
  const [modalities, batch, width] = z.shape as [number, number, number];
  return { modalities, batch, width, temperature, pairs };
}

/** [loss, losses (pairs), counts (pairs), log of each denominator (pairs, 2, B)]. */
function infoNce(call: WgslCall): tf.TensorInfo[] {
  const { gpu, inputs } = call;
  const { z, present } = inputs;
  const shape = shapeOf(call);
  const { batch, pairs } = shape;
  const parts = Math.ceil(batch / PART);
  const partial = gpu.tensor([pairs.length, batch, parts, 2]);
  const surprise = gpu.tensor([pairs.length, batch]);
  const [loss, losses, counts] = [gpu.tensor([]), gpu.tensor([pairs.length / 2]), gpu.tensor([pairs.length / 2])];
  const logSums = gpu.tensor([pairs.length / 2, 2, batch]);
  gpu.dispatch(partsKernel(shape, parts), [z, present, partial]);
  gpu.dispatch(rowsKernel(shape, parts), [z, present, partial, logSums, surprise]);
  gpu.dispatch(pairsKernel(shape), [present, surprise, losses, counts]);
  gpu.dispatch(meanKernel(shape), [losses, counts, loss]);
  gpu.dispose(partial);
  gpu.dispose(surprise);
  return [loss, losses, counts, logSums];
}

/** A thread for some columns of a row of one direction: the highest score, and the sum of exponentials below it. */
function partsKernel(shape: Shape, parts: number): Kernel {
  const { batch, pairs } = shape;
  return contrastKernel(shape, {
    label: 'contrast parts',
    buffers: { z: reads(zType(shape)), present: reads(), partial: writes('vec2<f32>') },
    sizes: { batch, parts },
    threads: pairs.length * batch * parts,
    flops: 2 * pairs.length * batch * batch * shape.width,
    body: `
  let part = thread % sizes.parts;
  let row = thread / sizes.parts % sizes.batch;
  let side = thread / (sizes.parts * sizes.batch);
  let asks = modality(side) * sizes.batch + row;
  let answers = modality(side ^ 1u) * sizes.batch;
  var highest = -FAR;
  var total = 0f;
  for (var column = part * ${PART}u; column < min((part + 1u) * ${PART}u, sizes.batch); column++) {
    if (present[answers + column] > 0f) {
      let score = score(asks, answers + column);
      let above = max(highest, score);
      total = total * exp(highest - above) + exp(score - above);
      highest = above;
    }
  }
  partial[thread] = vec2<f32>(highest, total);`,
  });
}

/** A thread for a row of one direction. */
function rowsKernel(shape: Shape, parts: number): Kernel {
  const { batch, pairs } = shape;
  return contrastKernel(shape, {
    label: 'contrast rows',
    buffers: {
      ...{ z: reads(zType(shape)), present: reads(), partial: reads('vec2<f32>') },
      ...{ logSums: writes(), surprise: writes() },
    },
    sizes: { batch, parts },
    threads: pairs.length * batch,
    body: `
  let row = thread % sizes.batch;
  let side = thread / sizes.batch;
  let asks = modality(side) * sizes.batch + row;
  let answers = modality(side ^ 1u) * sizes.batch + row;
  if (present[asks] > 0f && present[answers] > 0f) {
    let start = thread * sizes.parts;
    var highest = -FAR;
    for (var part = 0u; part < sizes.parts; part++) { highest = max(highest, partial[start + part].x); }
    var total = 0f;
    for (var part = 0u; part < sizes.parts; part++) {
      total += partial[start + part].y * exp(partial[start + part].x - highest);
    }
    logSums[thread] = highest + log(total);
    surprise[thread] = log(total) - (score(asks, answers) - highest);
  } else {
    logSums[thread] = FAR;
    surprise[thread] = 0f;
  }`,
  });
}

/** A thread for a pair. */
function pairsKernel(shape: Shape): Kernel {
  const { batch, pairs } = shape;
  return contrastKernel(shape, {
    label: 'contrast pairs',
    buffers: { present: reads(), surprise: reads(), losses: writes(), counts: writes() },
    sizes: { batch },
    threads: pairs.length / 2,
    body: `
  let first = modality(2u * thread) * sizes.batch;
  let second = modality(2u * thread + 1u) * sizes.batch;
  var count = 0f;
  var sum = 0f;
  for (var row = 0u; row < sizes.batch; row++) {
    if (present[first + row] > 0f && present[second + row] > 0f) { count += 1f; }
    sum += surprise[2u * thread * sizes.batch + row] + surprise[(2u * thread + 1u) * sizes.batch + row];
  }
  losses[thread] = select(0f, sum / (2f * count), count >= 2f);
  counts[thread] = count;`,
  });
}

function meanKernel(shape: Shape): Kernel {
  return contrastKernel(shape, {
    label: 'contrast mean',
    buffers: { losses: reads(), counts: reads(), loss: writes() },
    threads: 1,
    body: `
  var sum = 0f;
  for (var pair = 0u; pair < PAIRS; pair++) { sum += losses[pair]; }
  loss[0] = sum / counted();`,
    functions: COUNTED,
  });
}

/** dz (k, B, E): the slopes of all scores, then their products with what they were scores of. */
function infoNceGrad(call: WgslCall): tf.TensorInfo {
  const { gpu, inputs } = call;
  const { dy, z, present, logSums, counts } = inputs;
  const shape = shapeOf(call);
  const { batch, pairs } = shape;
  const [dz, slopes] = [gpu.tensor([...z.shape]), gpu.tensor([pairs.length / 2, batch, batch])];
  gpu.dispatch(slopesKernel(shape), [dy, z, present, logSums, counts, slopes]);
  gpu.dispatch(gradientKernel(shape), [z, slopes, dz]);
  gpu.dispose(slopes);
  return dz;
}

/** A thread for a score: (softmax of its row + softmax of its column - 2 on the diagonal) times its share of dy. */
function slopesKernel(shape: Shape): Kernel {
  const { batch, pairs, temperature } = shape;
  return contrastKernel(shape, {
    label: 'contrast slopes',
    buffers: {
      ...{ dy: reads(), z: reads(zType(shape)), present: reads(), logSums: reads(), counts: reads() },
      ...{ slopes: writes() },
    },
    sizes: { batch },
    threads: (pairs.length / 2) * batch * batch,
    flops: pairs.length * batch * batch * shape.width,
    body: `
  let column = thread % sizes.batch;
  let row = thread / sizes.batch % sizes.batch;
  let pair = thread / (sizes.batch * sizes.batch);
  let first = modality(2u * pair) * sizes.batch + row;
  let second = modality(2u * pair + 1u) * sizes.batch + column;
  let both = present[first] > 0f && present[second] > 0f;
  var slope = 0f;
  if (both && counts[pair] >= 2f) {
    let score = score(first, second);
    slope = exp(score - logSums[2u * pair * sizes.batch + row]) + exp(score - logSums[(2u * pair + 1u) * sizes.batch + column]);
    if (row == column) { slope -= 2f; }
    slope *= dy[0] / (counted() * counts[pair] * ${2 * temperature}f);
  }
  slopes[thread] = slope;`,
    functions: COUNTED,
  });
}

/** A thread for a vector of dz; the sums run over pairs and samples in order. */
function gradientKernel(shape: Shape): Kernel {
  const { modalities, batch, width } = shape;
  const { type, count } = lanesOf(width);
  return contrastKernel(shape, {
    label: 'contrast gradient',
    buffers: { z: reads(type), slopes: reads(), dz: writes(type) },
    sizes: { batch },
    threads: (modalities * batch * width) / count,
    flops: 2 * shape.pairs.length * batch * batch * width,
    body: `
  let part = thread % PARTS;
  let row = thread / PARTS % sizes.batch;
  let own = thread / (PARTS * sizes.batch);
  var sum = ${type}();
  for (var side = 0u; side < 2u * PAIRS; side++) {
    if (modality(side) != own) { continue; }
    let others = modality(side ^ 1u) * sizes.batch;
    let table = side / 2u * sizes.batch * sizes.batch;
    let along = select(row * sizes.batch, row, side % 2u == 1u);
    let step = select(1u, sizes.batch, side % 2u == 1u);
    for (var other = 0u; other < sizes.batch; other++) {
      sum += slopes[table + along + other * step] * z[(others + other) * PARTS + part];
    }
  }
  dz[thread] = sum;`,
  });
}

/** Pairs that count. */
const COUNTED = `
fn counted() -> f32 {
  var all = 0f;
  for (var pair = 0u; pair < PAIRS; pair++) { if (counts[pair] >= 2f) { all += 1f; } }
  return max(all, 1f);
}`;

function zType({ width }: Shape): string {
  return lanesOf(width).type;
}

/** With the functions `modality` of a side, and `score` of two rows of z. */
function contrastKernel({ width, temperature, pairs }: Shape, kernel: ThreadKernel): Kernel {
  const { count } = lanesOf(width);
  const product = count === 4 ? 'dot(z[a * PARTS + k], z[b * PARTS + k])' : 'z[a * PARTS + k] * z[b * PARTS + k]';
  const score = `
fn score(a: u32, b: u32) -> f32 {
  var sum = 0f;
  for (var k = 0u; k < PARTS; k++) { sum += ${product}; }
  return sum * ${1 / temperature}f;
}`;
  return perThread({
    ...kernel,
    constants: { PARTS: width / count, PAIRS: pairs.length / 2 },
    functions: `
const FAR = ${INFO_NCE_FAR}f;
fn modality(side: u32) -> u32 {
  var all = array<u32, ${pairs.length}>(${pairs.map((place) => `${place}u`).join(', ')});
  return all[side];
}
${'z' in kernel.buffers ? score : ''}
${kernel.functions ?? ''}`,
  });
}
