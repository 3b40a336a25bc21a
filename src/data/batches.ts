/**
 * The stream of training batches. What stands at a position of the stream is a pure
 * function of (seed, position): nothing has to be replayed to
 * resume a run, and two runs that share a seed see the same samples in the same order.
 */
import { Random } from '../base/random.ts';
import type { RunConfig } from '../config/run.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import type { Samples } from './samples.ts';
import type { Look, Tokenizer } from './tokenizer.ts';

/** An endless row of epochs, each a fresh shuffle of all samples. Remembers only the current shuffle, for speed. */
export class BatchStream {
  private order: Uint32Array = new Uint32Array();
  private epoch = -1;

  constructor(
    private readonly set: Samples,
    private readonly tokenizer: Tokenizer,
    private readonly seed: number,
    /** Which of the set's samples there are, by index; all when absent. */
    private readonly chosen?: readonly number[],
    /** Tells streams of one seed apart: each has an order and looks of its own. */
    private readonly name = '',
  ) {}

  /** `size` samples from `position` on, each looked at as `live` has it, cut into normalised tokens. */
  batch(position: number, size: number, live: RunConfig): PatchBatch {
    const indices = new Uint32Array(size);
    const looks: Look[] = [];
    for (let i = 0; i < size; i++) {
      indices[i] = this.indexAt(position + i);
      looks.push(this.tokenizer.look(live, new Random(this.seed, `${this.name}view`, position + i)));
    }
    return this.tokenizer.cut(this.set, indices, looks);
  }

  /** Which sample stands at `position` in the endless row of shuffled epochs. */
  indexAt(position: number): number {
    const { chosen } = this;
    const count = chosen?.length ?? this.set.count;
    const epoch = Math.floor(position / count);
    if (epoch !== this.epoch) {
      this.order = new Random(this.seed, `${this.name}epoch`, epoch).permutation(count);
      this.epoch = epoch;
    }
    const drawn = this.order[position % count];
    return chosen?.[drawn] ?? drawn;
  }
}
