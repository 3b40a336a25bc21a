/** Which variants of the matrix products and of sums along rows this adapter runs fastest: tried on the device itself, and remembered. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import {
  type Gpu,
  MATMUL_VARIANTS,
  type MatmulVariant,
  nameOf,
  ROW_VARIANTS,
  type RowVariant,
  type Tuning,
  tuningNamed,
} from '../../ops/wgsl/kernel.ts';
import { isSoftware } from '../adapter.ts';
import type { Dispatcher } from './dispatcher.ts';
import { flush, tfjsInternals } from './tfjs.ts';
import { dispatchLayer, disposeLayer, emptyLayer, isRight, knownLayer } from './trialLayer.ts';
import { areAlike, dispatchRows, disposeRows, emptyRows, randomRows, resultsOfRows } from './trialRows.ts';

/** Software adapters take seconds to compile barriers, only to be several times slower with them. */
const WITHOUT_BARRIERS: readonly MatmulVariant[] = ['registers', 'largeRegisters'];

/** Where trials are remembered; either may fail, which only means another trial. */
export interface TuningCache {
  read(key: string): Promise<string | undefined>;
  write(key: string, variant: string): Promise<void>;
}

/** For all timing of one kind together, compiling not counted. */
const BUDGET_MS = 200;
/** Long enough that what a submit costs by itself does not matter. */
const TELLING_MS = 5;
/** The first round: few rows, because the slowest variant on a software adapter must fit the budget too. */
const FEWEST_ROWS = 64;
const MOST_ROWS = 8192;
/** A variant this much slower than the fastest is not timed again. */
const HOPELESS = 3;
/** One must take no more than this of what the variant takes that is right everywhere, or that one is kept. */
const WORTHWHILE = 0.9;

/**
 * Times the variants on the current backend's device, for about 200 ms, and as long again where it has subgroups, unless `cache` knows the
 * answer. A variant that does not compile or computes something else than the reference is out.
 *
 * @throws BackendError when no variant of the matrix products is right on this device
 */
export async function tune(dispatcher: Dispatcher, cache?: TuningCache): Promise<Tuning> {
  const info = adapterInfo();
  const key = `${info?.vendor}/${info?.architecture}/${info?.device}/${info?.description} ${dispatcher.lanes ?? 0} ${kernelsKey()}`;
  const known = info && (await cache?.read(key).catch(() => undefined));
  const remembered = tuningNamed(known, dispatcher);
  if (remembered !== undefined) return remembered;
  const before = dispatcher.tuning;
  try {
    const right = await variantsThatAreRight(dispatcher);
    const matmul = await fastest(right, (variant, rows) => timeLayer(dispatcher, { matmul: variant }, rows));
    const rightRows = await rowVariantsThatAreRight(dispatcher, matmul);
    const rows = await fastest(rightRows, (variant, count) => timeRows(dispatcher, { matmul, rows: variant }, count));
    const tuning = rows === 'threads' ? { matmul } : { matmul, rows };
    if (info !== undefined) await cache?.write(key, nameOf(tuning)).catch(() => undefined);
    return tuning;
  } finally {
    dispatcher.tuning = before;
  }
}

/**
 * The fastest of the candidates, the first of which is the one to prefer.
 *
 * @param time milliseconds that a candidate takes for so many rows
 * @param now milliseconds on a clock
 */
export async function fastest<T extends string>(
  candidates: readonly T[],
  time: (variant: T, rows: number) => Promise<number>,
  now: () => number = () => performance.now(),
): Promise<T> {
  const end = now() + BUDGET_MS;
  let verdict: T | undefined;
  let times: Times<T> = new Map();
  let left = candidates;
  let rows = FEWEST_ROWS;
  while (left.length > 1) {
    const latest: Times<T> = new Map();
    for (const variant of left) {
      latest.set(variant, Math.min(await time(variant, rows), times.get(variant) ?? Number.POSITIVE_INFINITY));
      if (now() > end) return verdict ?? pick(latest);
    }
    verdict = pick(latest);
    const best = Math.min(...latest.values());
    left = left.filter((variant) => (latest.get(variant) as number) < HOPELESS * best);
    const telling = best >= TELLING_MS || rows >= MOST_ROWS;
    times = telling ? latest : new Map();
    if (!telling) rows *= 4;
  }
  return verdict ?? candidates[0];
}

type Times<T> = Map<T, number>;

function pick<T>(times: Times<T>): T {
  const [[preferred, itsTime], ...others] = [...times] as [[T, number], ...[T, number][]];
  const [best, bestTime] = others.reduce((a, b) => (b[1] < a[1] ? b : a), [preferred, itsTime]);
  return bestTime < WORTHWHILE * itsTime ? best : preferred;
}

/** Compiles and runs each variant on numbers whose product is known. */
export async function variantsThatAreRight(dispatcher: Dispatcher): Promise<MatmulVariant[]> {
  const layer = knownLayer(FEWEST_ROWS);
  const info = adapterInfo();
  const candidates = info !== undefined && isSoftware({ info }) ? WITHOUT_BARRIERS : MATMUL_VARIANTS;
  const compiled = await Promise.all(
    candidates.map((matmul) => compiles(dispatcher, { matmul }, () => dispatchLayer(dispatcher, layer))),
  );
  const right: MatmulVariant[] = [];
  for (const variant of candidates.filter((_, i) => compiled[i])) {
    dispatcher.tuning = { matmul: variant };
    if (await isRight(dispatcher, layer)) right.push(variant);
  }
  disposeLayer(dispatcher, layer);
  if (right.length > 0) return right;
  throw new BackendError('This graphics device multiplies matrices wrongly. Choose WebAssembly, or update its driver.');
}

/** Sums along rows by threads are right everywhere; those by subgroups where they come to the same. */
async function rowVariantsThatAreRight(dispatcher: Dispatcher, matmul: MatmulVariant): Promise<readonly RowVariant[]> {
  const info = adapterInfo();
  // What a subgroup shares on a processor is done one by one, and its numbers stay what they have been.
  if (dispatcher.lanes === undefined || info === undefined || isSoftware({ info })) return ['threads'];
  return (await areRowsRight(dispatcher, matmul)) ? ROW_VARIANTS : ['threads'];
}

/** Whether subgroups sum as threads do. */
export async function areRowsRight(dispatcher: Dispatcher, matmul: MatmulVariant): Promise<boolean> {
  const rows = randomRows(FEWEST_ROWS + 1);
  try {
    const tuning = { matmul, rows: 'subgroups' } as const;
    if (!(await compiles(dispatcher, tuning, () => dispatchRows(dispatcher, rows)))) return false;
    dispatcher.tuning = tuning;
    const found = await resultsOfRows(dispatcher, rows);
    dispatcher.tuning = { matmul };
    return areAlike(found, await resultsOfRows(dispatcher, rows));
  } finally {
    disposeRows(dispatcher, rows);
  }
}

async function compiles(dispatcher: Dispatcher, tuning: Tuning, body: () => void): Promise<boolean> {
  dispatcher.tuning = tuning;
  try {
    // Reads the tuning before it first waits.
    await dispatcher.compileAhead(body, () => undefined);
    return true;
  } catch (error) {
    if (error instanceof BackendError) return false;
    throw error;
  }
}

function timeLayer(dispatcher: Dispatcher, tuning: Tuning, rows: number): Promise<number> {
  const layer = emptyLayer(dispatcher, rows);
  return time(dispatcher, tuning, () => dispatchLayer(dispatcher, layer)).finally(() => disposeLayer(dispatcher, layer));
}

function timeRows(dispatcher: Dispatcher, tuning: Tuning, count: number): Promise<number> {
  const rows = emptyRows(dispatcher, count);
  return time(dispatcher, tuning, () => dispatchRows(dispatcher, rows)).finally(() => disposeRows(dispatcher, rows));
}

/** From the submit to its end, as timestamps may be missing or coarse. */
async function time(dispatcher: Dispatcher, tuning: Tuning, dispatch: () => void): Promise<number> {
  const internals = tfjsInternals(tf.backend() as WebGPUBackend);
  dispatcher.tuning = tuning;
  flush(internals);
  await internals.device.queue.onSubmittedWorkDone();
  dispatch();
  const start = performance.now();
  flush(internals);
  await internals.device.queue.onSubmittedWorkDone();
  return performance.now() - start;
}

/** Undefined in browsers of 2024, whatever the types say: then the trial alone decides, each time anew. */
function adapterInfo(): GPUAdapterInfo | undefined {
  return tfjsInternals(tf.backend() as WebGPUBackend).device.adapterInfo;
}

/** Changes with every change to the text of a kernel (FNV-1a). */
function kernelsKey(): string {
  let hash = 0x811c9dc5;
  const collect = (tuning: Tuning): Gpu => ({
    tuning,
    // Of no device: the text is the same for all.
    lanes: 32,
    tensor: (shape, dtype = 'float32') => ({ dataId: {}, shape, dtype }),
    dispatch: ({ code }) => {
      for (let i = 0; i < code.length; i++) hash = Math.imul(hash ^ code.charCodeAt(i), 0x01000193);
    },
    copy: () => undefined,
    dispose: () => undefined,
  });
  for (const matmul of MATMUL_VARIANTS) dispatchLayer(collect({ matmul }), emptyLayer(collect({ matmul }), FEWEST_ROWS));
  for (const rows of ROW_VARIANTS) {
    const gpu = collect({ matmul: 'registers', rows });
    dispatchRows(gpu, emptyRows(gpu, FEWEST_ROWS));
  }
  return (hash >>> 0).toString(16);
}
