/** A list of kernel calls on the heap, which all threads walk by themselves (assembly/walk.ts): one call into WebAssembly for a whole step. */
import { BackendError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import type { RangeKernels } from './exports.ts';
import type { SimdInstance } from './instance.ts';
import type { ForeignFunction } from './listener.ts';

/** A call of a range kernel of ours, or of a C function of tfjs. */
export type RecordedCall =
  | { kind: 'range'; name: keyof RangeKernels; args: readonly number[]; count: number; grain: number }
  | { kind: 'foreign'; name: string; call: ForeignFunction; args: readonly number[] };

/** As assembly/walk.ts lays them out. */
const CALL_BYTES = 128;
const COUNTER_BYTES = 64;
const ARGUMENTS_AT = 16;
const ELSEWHERE = -1;

export class Walk {
  private readonly counters: number;
  private readonly naps: number;
  /** What the other threads are given. */
  private readonly args: readonly number[];
  private readonly walkOn: () => void;
  private readonly index: number;

  /** @param take gives so many bytes of the heap, at a multiple of 64, for as long as this walks */
  constructor(
    private readonly simd: SimdInstance,
    readonly calls: readonly RecordedCall[],
    take: (bytes: number) => number,
  ) {
    const list = take(CALL_BYTES * calls.length);
    this.counters = take(COUNTER_BYTES * (calls.length + 1));
    this.naps = this.counters + COUNTER_BYTES * calls.length;
    const { buffer } = simd.heap.memory;
    for (const [i, call] of calls.entries()) write(buffer, list + CALL_BYTES * i, call, simd.called);
    const mayNap = simd.threads?.mayWait === true ? 1 : 0;
    this.args = [list, this.counters, calls.length, 0, this.naps, mayNap];
    const foreign = calls.map((call) => (call.kind === 'foreign' ? () => call.call(...call.args) : undefined));
    const { walk } = simd.wasm;
    this.index = Object.keys(simd.wasm).indexOf('walk');
    this.walkOn = () => {
      let next = 0;
      for (;;) {
        next = walk(list, this.counters, calls.length, next, this.naps, mayNap, 0, 1, 0);
        if (next === calls.length) return;
        if (next < 0) throw new BackendError('A thread of the WebAssembly backend was lost. Reload the page.');
        foreign[next]?.();
        next++;
      }
    };
  }

  /**
   * Does all calls, in order.
   *
   * @param meanwhile what the caller does first, while other threads walk already; not called where there are none
   */
  run(meanwhile?: () => void): void {
    const { wasm, threads, heap } = this.simd;
    wasm.fillZeros(this.counters, 0, (COUNTER_BYTES / 4) * (this.calls.length + 1), 0);
    if (threads === undefined || threads.active === 1) this.walkOn();
    else
      threads.runTogether(
        this.index,
        this.args,
        this.walkOn,
        () => new Int32Array(heap.memory.buffer, this.naps, 1)[0],
        meanwhile,
      );
  }
}

function write(buffer: ArrayBufferLike, at: number, call: RecordedCall, called: readonly string[]): void {
  const head = new Int32Array(buffer, at, 3);
  if (call.kind === 'foreign') {
    head.set([ELSEWHERE, 1, 1]);
    return;
  }
  const number = called.indexOf(call.name);
  invariant(number >= 0 && ARGUMENTS_AT + 8 * call.args.length <= CALL_BYTES, `${call.name} has no place in a list`);
  head.set([number, call.count, call.grain]);
  new Float64Array(buffer, at + ARGUMENTS_AT, call.args.length).set(call.args);
}
