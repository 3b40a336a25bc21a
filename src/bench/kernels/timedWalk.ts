/**
 * A recorded step that notes the time after each call. All threads walk the list as ever; between two calls the calling thread comes back
 * to JavaScript and looks at the clock, as it does for a function of tfjs, while the others wait for it. So each call finds caches and
 * threads as the step leaves them, and its time includes that of the slowest thread.
 */
import type { SimdInstance } from '../../ops/simd/instance.ts';
import { type RecordedCall, Walk } from '../../ops/simd/walk.ts';

export class TimedWalk {
  /** Stands for the recorded step's own. */
  readonly walk: Walk;
  /** When each call began, and when the last one ended, in milliseconds. */
  private readonly stamps: Float64Array;

  /** @param take as `Walk` wants it */
  constructor(
    simd: SimdInstance,
    readonly calls: readonly RecordedCall[],
    take: (bytes: number) => number,
  ) {
    const stamps = new Float64Array(calls.length + 1);
    const stamp = (place: number): RecordedCall => ({
      kind: 'foreign',
      name: 'now',
      call: () => {
        stamps[place] = performance.now();
      },
      args: [],
    });
    this.walk = new Walk(simd, [stamp(0), ...calls.flatMap((call, i) => [call, stamp(i + 1)])], take);
    this.stamps = stamps;
  }

  /** Milliseconds of each call in the latest walk. */
  times(): number[] {
    return this.calls.map((_, i) => this.stamps[i + 1] - this.stamps[i]);
  }
}
