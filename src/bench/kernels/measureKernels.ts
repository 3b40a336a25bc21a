/** Times each kernel of a recorded step on WebAssembly, and holds it against what it cannot be faster than. */
import { BackendError } from '../../base/errors.ts';
import { median } from '../../base/statistics.ts';
import type { Dataset } from '../../data/samples.ts';
import { RecordedStepper } from '../../engine/recorded/recordedStepper.ts';
import { replayStep } from '../../engine/recorded/replay.ts';
import { currentSimd, type SimdInstance } from '../../ops/simd/instance.ts';
import type { RecordedCall } from '../../ops/simd/walk.ts';
import { stepFlops } from '../../trainer/flops.ts';
import { subjectOf } from '../../trainer/subject.ts';
import { DrawnSteps } from './drawnSteps.ts';
import { HeapRoom } from './heapRoom.ts';
import type { KernelProgress, KernelReport, KernelsRequest } from './report.ts';
import { kernelRows, type Turn } from './rows.ts';
import { fasterOf, fastestSide, measureBandwidths, SquareProducts } from './speeds.ts';
import { TimedWalk } from './timedWalk.ts';

/** The first is recorded, the second checked, and the engine compiles better what it has seen some more. */
const WARM_UP = 4;

/**
 * @throws BackendError when the current backend records no steps, this step cannot be recorded, or there are fewer threads than were asked
 * for
 */
export async function measureKernels(
  request: KernelsRequest,
  dataset: Dataset,
  onProgress: (progress: KernelProgress) => void = () => {},
): Promise<KernelReport> {
  const simd = currentSimd();
  if (simd === undefined) throw new BackendError('Steps are recorded on WebAssembly with SIMD only.');
  const release = holdThreads(simd, request.threads);
  try {
    return await measureHeld(simd, request, dataset, onProgress);
  } finally {
    release();
  }
}

async function measureHeld(
  simd: SimdInstance,
  request: KernelsRequest,
  dataset: Dataset,
  onProgress: (progress: KernelProgress) => void,
): Promise<KernelReport> {
  const { run, steps } = request;
  const say = (phase: KernelProgress['phase'], done = 0, total = 1) => onProgress({ phase, contender: 'patchwork', done, total });
  say('measuring peak and bandwidth');
  const peakSide = fastestSide(simd);
  const before = measureBandwidths(simd);
  const found = await timeSteps(simd, request, dataset, peakSide, (done) => say('timing', done, steps));
  say('measuring peak and bandwidth');
  const bandwidths = fasterOf(before, measureBandwidths(simd));
  const gflops = median(found.turns.map((turn) => turn.gflops)) ?? 0;
  return {
    rows: kernelRows(found.calls, found.turns, bandwidths),
    threads: simd.threads?.active ?? 1,
    stepMs: median(found.plainMs) ?? 0,
    timedStepMs: median(found.timedMs) ?? 0,
    steps,
    speeds: { gflops, peakSide, bandwidths },
    flopsPerStep: stepFlops(run, subjectOf(run, dataset)),
  };
}

/**
 * All of them take part in every step: how the caller gives way to others is not what is timed.
 *
 * @returns what puts them back
 */
function holdThreads({ threads }: SimdInstance, wanted: number | undefined): () => void {
  const most = threads?.count ?? 1;
  if (wanted !== undefined && wanted > most)
    throw new BackendError(
      `There ${most === 1 ? 'is 1 thread' : `are ${most} threads`} here: one for each core, where memory can be shared.`,
    );
  if (threads === undefined) return () => {};
  const { active, backsOff } = threads;
  threads.limit(wanted ?? most);
  threads.backsOff = false;
  return () => {
    threads.limit(active);
    threads.backsOff = backsOff;
  };
}

interface StepTimes {
  calls: readonly RecordedCall[];
  plainMs: number[];
  timedMs: number[];
  turns: Turn[];
}

/** Products that show the peak, steps as they are, and steps that look at the clock, in turns, on batches drawn before. */
async function timeSteps(
  simd: SimdInstance,
  { run: config, steps }: KernelsRequest,
  dataset: Dataset,
  peakSide: number,
  onStep: (done: number) => void,
): Promise<StepTimes> {
  const drawn = new DrawnSteps(config, dataset);
  const stepper = new RecordedStepper(simd, drawn.state.variables);
  const room = new HeapRoom(simd.heap);
  const products = new SquareProducts(simd, peakSide);
  const plain = () => drawn.next((...step) => stepper.step(...step));
  try {
    for (let i = 0; i < WARM_UP; i++) await plain();
    const recording = stepper.recordings.at(-1);
    if (recording === undefined) throw new BackendError(`This step is not recorded: ${[...stepper.refusals.values()].join(' ')}`);
    const timed = new TimedWalk(simd, recording.walk.calls, room.take);
    const withClock = () => drawn.next((_key, inputs) => replayStep(simd, { ...recording, walk: timed.walk }, inputs));
    await withClock();
    const found: StepTimes = { calls: timed.calls, plainMs: [], timedMs: [], turns: [] };
    for (let i = 0; i < steps; i++) {
      onStep(i);
      const gflops = products.rate();
      for (const isTimed of i % 2 === 0 ? [false, true] : [true, false]) {
        if (!isTimed) found.plainMs.push(await plain());
        else {
          found.timedMs.push(await withClock());
          found.turns.push({ times: timed.times(), gflops });
        }
      }
    }
    return found;
  } finally {
    for (const one of [room, products, stepper, drawn]) one.dispose();
  }
}
