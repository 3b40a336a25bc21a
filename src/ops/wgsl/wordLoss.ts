/** Cross-entropy over a vocabulary: one workgroup a row, which reads it twice, for its maximum and sum at once and for its gradient. */
import type * as tf from '@tensorflow/tfjs-core';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { constants, foldedWorkgroups, type Gpu, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { type Buffer, declareBuffers, lanesOf, reads, writes } from './perThread.ts';
import { ENABLE_SUBGROUPS, RANKS } from './subgroups.ts';

export const WORD_LOSS_OPS: WgslOps = { WordLoss: wordLoss };

/** Threads that share a row. */
const THREADS = 64;
/** Less than any logit that is a number. */
const LOWEST = '-3.4e38f';
const HIGHEST = '3.4e38f';
const INFINITE = 0x7f800000;

/** [loss and accuracy (2), gradient (rows, words)] */
function wordLoss({ gpu, inputs: { logits, labels } }: WgslCall): tf.TensorInfo[] {
  const [rows, words] = logits.shape as [number, number];
  const [scores, both, dLogits] = [gpu.tensor([2, rows]), gpu.tensor([2]), gpu.tensor([rows, words])];
  gpu.dispatch(rowsKernel(gpu, rows, words), [logits, labels, dLogits, scores]);
  gpu.dispatch(meansKernel(gpu, rows, 0), [scores, both]);
  gpu.dispatch(meansKernel(gpu, rows, 1), [scores, both]);
  gpu.dispose(scores);
  return [both, dLogits];
}

/** Writes the gradient, and to `scores` (2, rows) each row's loss and whether its label has the highest logit. */
function rowsKernel({ subgroups }: Gpu, rows: number, words: number): Kernel {
  const { type, count } = lanesOf(words);
  const buffers: Record<string, Buffer> = { logits: reads(type), labels: reads('i32'), dLogits: writes(type), scores: writes() };
  const sizes = { rows, parts: words / count };
  const code = `${subgroups ? ENABLE_SUBGROUPS : ''}${constants({ THREADS, LANES: count, INFINITE })}
${declareBuffers(buffers, sizes)}
var<workgroup> maxima: array<f32, ${THREADS}>;
var<workgroup> sums: array<f32, ${THREADS}>;
var<workgroup> atLabel: f32;
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = workgroup.x + workgroup.y * workgroups.x;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.parts;
  let label = u32(labels[row]);
${subgroups ? RANKS : ''}
${firstPass(type, count)}
  maxima[lane] = ${highestOf('own', count)};
  sums[lane] = ${sumOf(`total * exp(own - ${type}(maxima[lane]))`, count)};
  // Adapters differ in what maximum and exponential make of what is no number. The sum is infinite then; no constant may be.
  if (broken) { sums[lane] = bitcast<f32>(INFINITE + min(lane, 0u)); }
${subgroups ? REDUCE_BY_SUBGROUPS : REDUCE_BY_HALVES}
  if (lane == 0u) {
    scores[row] = log(total0) + (highest - atLabel);
    scores[sizes.rows + row] = select(0f, 1f, atLabel >= highest);
  }
  let columns = ${count === 4 ? 'vec4<u32>(0u, 1u, 2u, 3u)' : '0u'};
  for (var part = lane; part < sizes.parts; part += THREADS) {
    let probability = exp(logits[start + part] - highest) / total0;
    let oneHot = select(${type}(), ${type}(1f), part * LANES + columns == ${count === 4 ? 'vec4<u32>(label)' : 'label'});
    dLogits[start + part] = (probability - oneHot) / f32(sizes.rows);
  }
}
`;
  return {
    label: 'word loss',
    code,
    bindings: Object.values(buffers).map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: foldedWorkgroups(rows),
    flops: 0,
  };
}

/** Every thread's own maximum, and its sum relative to that, of each column of a vector: made smaller whenever the maximum grows. */
function firstPass(type: string, count: number): string {
  const zero = `${type}()`;
  return `  var own = ${type}(${LOWEST});
  var total = ${zero};
  var broken = false;
  for (var part = lane; part < sizes.parts; part += THREADS) {
    let score = logits[start + part];
    broken = broken || !${count === 4 ? 'all' : ''}(abs(score) <= ${type}(${HIGHEST}));
    let most = max(own, score);
    total = total * exp(own - most) + exp(score - most);
    own = most;
    if (part == label / LANES) { atLabel = score${count === 4 ? '[label % LANES]' : ''}; }
  }`;
}

/** Halves the threads until the first has the row's maximum and sum. */
const REDUCE_BY_HALVES = `  workgroupBarrier();
  for (var span = THREADS / 2u; span > 0u; span /= 2u) {
    if (lane < span) {
      let most = max(maxima[lane], maxima[lane + span]);
      sums[lane] = sums[lane] * exp(maxima[lane] - most) + sums[lane + span] * exp(maxima[lane + span] - most);
      maxima[lane] = most;
    }
    workgroupBarrier();
  }
  let highest = maxima[0];
  let total0 = sums[0];`;

/** As in `sumInWorkgroup`: what a subgroup has stands at the place of the first of it, and every one of them joins all places. */
const REDUCE_BY_SUBGROUPS = `  let most = subgroupMax(maxima[lane]);
  let sum = subgroupAdd(sums[lane] * exp(maxima[lane] - most));
  maxima[lane] = select(${LOWEST}, most, rank == 0u);
  sums[lane] = select(0f, sum, rank == 0u);
  workgroupBarrier();
  var highest = ${LOWEST};
  for (var k = rank; k < THREADS; k += mates) { highest = max(highest, maxima[k]); }
  highest = subgroupMax(highest);
  var total0 = 0f;
  for (var k = rank; k < THREADS; k += mates) { total0 += sums[k] * exp(maxima[k] - highest); }
  total0 = subgroupAdd(total0);`;

function highestOf(vector: string, count: number): string {
  return count === 4 ? `max(max(${vector}.x, ${vector}.y), max(${vector}.z, ${vector}.w))` : vector;
}

function sumOf(vector: string, count: number): string {
  return count === 4 ? `dot(${vector}, vec4<f32>(1f))` : vector;
}

/** The mean of row `part` of `scores` into `both`. */
function meansKernel(gpu: Gpu, rows: number, part: number): Kernel {
  return sumInWorkgroup(gpu, {
    label: 'word loss mean',
    constants: { PART: part },
    buffers: { scores: reads(), both: writes() },
    sizes: { rows },
    share: 'for (var row = thread; row < sizes.rows; row += THREADS) { sum += scores[PART * sizes.rows + row]; }',
    finish: 'both[PART] = sum / f32(sizes.rows);',
  });
}
