/**
 * A whole step: a list of calls that every thread walks by itself. All take ranges of the same call until none are left, and none goes on
 * before all of its things are done; so a call may read what the one before it wrote, and which thread did what changes no bit.
 *
 * A call takes 128 bytes: int32 kernel, count, grain, and from byte 16 on its arguments, doubles. Beside the list lie 64 bytes for
 * each call, 0 at the start: how many of its things are taken, and how many are done.
 */
import { callKernel } from './calls';

const CALL_BYTES: i32 = 128;
const COUNTER_BYTES: i32 = 64;
/** As a kernel: something that the calling thread does, in JavaScript. */
const ELSEWHERE: i32 = -1;
/** Looks at a call that others are about to finish, before a thread sleeps. */
const PATIENCE: i32 = 20000;
/** After so many naps, some ten seconds, a thread that should have finished is gone. */
const MOST_NAPS: i32 = 100000;
/** It sleeps so long, in nanoseconds, and looks again: nobody has to wake it. */
const NAP: i64 = 100000;

/**
 * Walks from the call `first` on. Thread 0 comes back at each call that is to be done elsewhere, and with the one after it once that is done;
 * the others wait for it.
 *
 * @param naps where thread 0 counts how often it slept
 * @param mayNap 0 where a thread may not sleep: a page's own
 * @returns the call that is to be done elsewhere, `calls` at the end, or -1 when a thread is gone
 */
export function walk(
  list: usize,
  counters: usize,
  calls: i32,
  first: i32,
  naps: usize,
  mayNap: i32,
  start: i32,
  end: i32,
  thread: i32,
): i32 {
  if (thread == 0 && first > 0) added(counters + (first - 1) * COUNTER_BYTES + 4, 1);
  for (let i = first; i < calls; i++) {
    const call = list + i * CALL_BYTES;
    const counter = counters + i * COUNTER_BYTES;
    const kernel = load<i32>(call);
    const count = load<i32>(call, 4);
    if (kernel == ELSEWHERE) {
      if (thread == 0) return i;
    } else {
      const grain = load<i32>(call, 8);
      for (;;) {
        const from = added(counter, grain);
        if (from >= count) break;
        const to = min(from + grain, count);
        callKernel(kernel, call + 16, from, to, thread);
        added(counter + 4, to - from);
      }
    }
    if (!awaitDone(counter + 4, count, naps, mayNap != 0, thread)) return -1;
  }
  return calls;
}

/** Returns whether the call is done; not when a thread that took some of it is gone. */
function awaitDone(done: usize, count: i32, naps: usize, mayNap: bool, thread: i32): bool {
  if (!ASC_FEATURE_THREADS) return true;
  let looks = 0;
  let slept = 0;
  while (slept < MOST_NAPS) {
    const seen = atomic.load<i32>(done);
    if (seen >= count) return true;
    if (++looks < PATIENCE || !mayNap) continue;
    atomic.wait<i32>(done, seen, NAP);
    slept++;
    if (thread == 0) store<i32>(naps, load<i32>(naps) + 1);
  }
  return false;
}

/** Adds to a counter, and returns what it was. */
@inline
function added(counter: usize, value: i32): i32 {
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(counter, value);
  const before = load<i32>(counter);
  store<i32>(counter, before + value);
  return before;
}
