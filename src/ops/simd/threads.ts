/**
 * Threads that share the SIMD kernels' work. A job is one range kernel, its arguments and a number of things to do; every
 * thread, the calling one among them, takes the next few until none are left. So a thread that wakes up late or is kept
 * from its core costs only its help, and on a busy machine the caller does all by itself.
 */
import { BackendError } from '../../base/errors.ts';
import { Backoff } from './backoff.ts';

/** Places in the control block, in int32, far enough apart that two threads do not fight over one cache line. */
const LAYOUT = {
  /** Counts jobs; threads sleep on it. */
  job: 0,
  asleep: 1,
  /** 1 while a job may be taken from. */
  open: 16,
  /** First thing of the job that nobody has taken. */
  next: 32,
  /** Threads that may be reading the job or working on it. */
  inside: 48,
  kernel: 64,
  argumentCount: 65,
  count: 66,
  grain: 67,
  /** How many threads may take part. */
  threads: 68,
  failed: 69,
  argumentBytes: 4 * 80,
  /** As a job: the end. */
  stop: -1,
} as const;
const MOST_ARGUMENTS = 16;
const CONTROL_BYTES = LAYOUT.argumentBytes + 8 * MOST_ARGUMENTS;

/**
 * Looks at the control block before a thread goes to sleep, some 50 microseconds: tfjs takes about as long between two kernels
 * of a step. A sleeping thread takes as long to wake up.
 */
const PATIENCE = 50_000;
const START_MS = 10_000;

/** Of equal parts of a job one that takes twice as long and this longer was interrupted: others want the cores as well. */
const LATE_MS = 0.2;
/** In a job of this length and more only waiting counts, and only if it took more than this share of the time. */
const LONG_MS = 3;
const LONG_SHARE = 0.3;
/** How long a thread of `runTogether` sleeps, see assembly/walk.ts. */
const NAP_MS = 0.1;

/** What a thread is told at its start. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: SharedArrayBuffer;
  layout: typeof LAYOUT;
  /** 1 and up; the caller is 0. */
  thread: number;
  patience: number;
}

/** A worker of the place we run in that has begun to run kernelThread.js. */
export interface KernelThread {
  /** Resolves with the thread's first message; rejects when it fails. */
  start(message: ThreadStart): Promise<void>;
  end(): void;
}

export interface ThreadsRequest {
  /** All threads, the calling one included. */
  threads: number;
  startThread(): KernelThread;
  /** Whether the caller works alone for a while when others want the cores as well; yes unless said. */
  backsOff?: boolean;
}

export class Threads {
  private readonly state: Int32Array;
  private readonly numbers: Float64Array;
  /** Whether the caller may sleep. */
  readonly mayWait: boolean;
  /** A step is some hundred jobs. */
  private readonly jobs = new Backoff({ least: 8, most: 512 });
  private readonly steps = new Backoff({ least: 1, most: 4 });

  /** @returns undefined when not all threads could be started */
  static async open(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    { threads, startThread, backsOff = true }: ThreadsRequest,
  ): Promise<Threads | undefined> {
    const control = new SharedArrayBuffer(CONTROL_BYTES);
    const started: KernelThread[] = [];
    try {
      for (let thread = 1; thread < threads; thread++) started.push(startThread());
      const start = { module, memory, control, layout: LAYOUT, patience: PATIENCE };
      await withinTime(Promise.all(started.map((thread, i) => thread.start({ ...start, thread: i + 1 }))));
      return new Threads(started, control, backsOff);
    } catch {
      for (const thread of started) thread.end();
      return undefined;
    }
  }

  private constructor(
    private readonly others: readonly KernelThread[],
    control: SharedArrayBuffer,
    /** Whether the caller works alone for a while when others want the cores as well. */
    public backsOff: boolean,
  ) {
    this.state = new Int32Array(control);
    this.numbers = new Float64Array(control, LAYOUT.argumentBytes);
    this.mayWait = mayWait(this.state);
    this.limit(this.count);
  }

  /** All threads, the calling one included. */
  get count(): number {
    return this.others.length + 1;
  }

  /** Lets only so many threads take part from now on, the calling one included. */
  limit(threads: number): void {
    Atomics.store(this.state, LAYOUT.threads, Math.min(threads, this.count));
  }

  /** How many threads take part. */
  get active(): number {
    return Atomics.load(this.state, LAYOUT.threads);
  }

  /**
   * Runs a kernel over `count` things, `grain` at a time; returns when all are done. On a machine whose cores others want as
   * well it is mostly the caller who does them: waiting for a thread without a core would take longer.
   *
   * @param index of the kernel among the module's exports
   * @throws BackendError when a thread failed, whose share is then missing
   */
  run(index: number, kernel: (...args: number[]) => void, args: readonly number[], count: number, grain: number): void {
    if (this.jobs.isAlone()) {
      kernel(...args, 0, count, 0);
      return;
    }
    this.announce(index, args, count, grain);
    const started = performance.now();
    let pace = { quickest: 0, slowest: 0 };
    let waited = 0;
    try {
      pace = this.takeRanges(kernel, args, count, grain);
    } finally {
      waited = this.close();
    }
    const took = performance.now() - started;
    const late = Math.max(waited, pace.slowest) > 2 * pace.quickest + LATE_MS;
    // A long job evens out what a thread loses, unless it was waited for at the end.
    this.learn(this.jobs, took > LONG_MS ? waited > LONG_SHARE * took : late);
    this.checkFailed();
  }

  /**
   * Lets every thread run a kernel once, beside the caller: one whose threads share their work by themselves, so that the caller alone can
   * do all of it too. Returns when nobody is in it.
   *
   * @param index of the kernel among the module's exports
   * @param body what the caller does meanwhile
   * @param naps how often the caller slept in it
   * @param meanwhile what the caller does before, while the others have begun; not called where it works alone
   * @throws BackendError when a thread failed
   */
  runTogether(index: number, args: readonly number[], body: () => void, naps: () => number, meanwhile?: () => void): void {
    if (this.steps.isAlone()) {
      body();
      return;
    }
    this.announce(index, args, this.active - 1, 1);
    const started = performance.now();
    try {
      meanwhile?.();
      body();
    } catch (error) {
      // Whoever is still in it may be gone, and is not waited for.
      Atomics.store(this.state, LAYOUT.open, 0);
      throw error;
    }
    this.close();
    const took = performance.now() - started;
    const waited = NAP_MS * naps();
    this.learn(this.steps, waited > (took > LONG_MS ? LONG_SHARE * took : LATE_MS));
    this.checkFailed();
  }

  private checkFailed(): void {
    if (Atomics.load(this.state, LAYOUT.failed) === 1)
      throw new BackendError('A thread of the WebAssembly backend failed. Reload the page.');
  }

  /** Ends all threads. */
  dispose(): void {
    Atomics.store(this.state, LAYOUT.job, LAYOUT.stop);
    Atomics.notify(this.state, LAYOUT.job);
    for (const thread of this.others) thread.end();
  }

  /** Returns how long the caller's quickest and slowest full part took, in milliseconds. */
  private takeRanges(
    kernel: (...args: number[]) => void,
    args: readonly number[],
    count: number,
    grain: number,
  ): { quickest: number; slowest: number } {
    let [quickest, slowest] = [Infinity, 0];
    let before = performance.now();
    for (;;) {
      const start = Atomics.add(this.state, LAYOUT.next, grain);
      if (start >= count) return { quickest, slowest };
      const end = Math.min(start + grain, count);
      kernel(...args, start, end, 0);
      const now = performance.now();
      // The rest at the end is quick because it is small.
      if (end - start === grain) {
        quickest = Math.min(quickest, now - before);
        slowest = Math.max(slowest, now - before);
      }
      before = now;
    }
  }

  private learn(backoff: Backoff, contended: boolean): void {
    if (this.backsOff) backoff.learn(contended);
  }

  private announce(index: number, args: readonly number[], count: number, grain: number): void {
    const { state } = this;
    state[LAYOUT.kernel] = index;
    state[LAYOUT.argumentCount] = args.length;
    state[LAYOUT.count] = count;
    state[LAYOUT.grain] = grain;
    this.numbers.set(args);
    Atomics.store(state, LAYOUT.next, 0);
    Atomics.store(state, LAYOUT.open, 1);
    Atomics.store(state, LAYOUT.job, (Atomics.load(state, LAYOUT.job) + 1) & 0x3fffffff);
    if (Atomics.load(state, LAYOUT.asleep) > 0) Atomics.notify(state, LAYOUT.job);
  }

  /** Ends the job; returns for how many milliseconds that took. */
  private close(): number {
    const finished = performance.now();
    Atomics.store(this.state, LAYOUT.open, 0);
    this.awaitOthers();
    return performance.now() - finished;
  }

  /** They are about to finish: looks for a while, then sleeps where that is allowed. */
  private awaitOthers(): void {
    const { state } = this;
    for (let i = 0; ; i++) {
      const inside = Atomics.load(state, LAYOUT.inside);
      if (inside === 0) return;
      if (i > PATIENCE && this.mayWait) Atomics.wait(state, LAYOUT.inside, inside);
    }
  }
}

/** A page's main thread may not: only a worker, or Node. */
function mayWait(state: Int32Array): boolean {
  try {
    return Atomics.wait(state, LAYOUT.job, LAYOUT.stop) === 'not-equal';
  } catch {
    return false;
  }
}

async function withinTime(started: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BackendError('The threads did not start in time.')), START_MS);
  });
  try {
    await Promise.race([started, late]);
  } finally {
    clearTimeout(timer);
  }
}
