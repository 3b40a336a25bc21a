/**
 * One more thread for the SIMD kernels (see threads.ts): a worker that instantiates the same module on the same memory, and
 * takes ranges of the job at hand as long as there are some. It imports nothing, since Node runs it from its text.
 */

/** @param {{ data: import('./threads.ts').ThreadStart }} event */
globalThis.onmessage = ({ data: { module, memory, control, layout, thread, patience } }) => {
  const state = new Int32Array(control);
  const numbers = new Float64Array(control, layout.argumentBytes);
  const kernels = Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);
  globalThis.postMessage('ready');

  for (let job = awaitJob(0); job !== layout.stop; job = awaitJob(job)) {
    if (thread >= Atomics.load(state, layout.threads)) continue;
    // Counted before looking: once `open` is 0 and nobody is inside, the next job may be written.
    Atomics.add(state, layout.inside, 1);
    if (Atomics.load(state, layout.open) === 1) takeRanges();
    if (Atomics.sub(state, layout.inside, 1) === 1) Atomics.notify(state, layout.inside);
  }

  /** @param {number} seen the job that was last looked at */
  function awaitJob(seen) {
    for (let i = 0; i < patience; i++) {
      const job = Atomics.load(state, layout.job);
      if (job !== seen) return job;
    }
    Atomics.add(state, layout.asleep, 1);
    Atomics.wait(state, layout.job, seen);
    Atomics.sub(state, layout.asleep, 1);
    return Atomics.load(state, layout.job);
  }

  function takeRanges() {
    const kernel = /** @type {(...args: number[]) => void} */ (kernels[state[layout.kernel]]);
    const args = Array.from(numbers.subarray(0, state[layout.argumentCount]));
    const count = state[layout.count];
    const grain = state[layout.grain];
    try {
      for (;;) {
        const start = Atomics.add(state, layout.next, grain);
        if (start >= count) return;
        kernel(...args, start, Math.min(start + grain, count), thread);
      }
    } catch {
      Atomics.store(state, layout.failed, 1);
    }
  }
};
