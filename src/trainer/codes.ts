/** Looking at MAE that guesses entries of a code book (methods 2.1). */
import { standardError } from '../base/statistics.ts';
import type { Samples } from '../data/samples.ts';
import { softmaxRows } from '../metrics/classification.ts';
import { argmaxOfRow } from '../metrics/rows.ts';
import { arrangePatches } from '../objectives/arrange.ts';
import type { LearnedTarget } from '../objectives/learnedTargets.ts';
import type { Painter } from '../objectives/painter.ts';
import { chunks, indexRange } from './chunks.ts';
import { meanLoss } from './fit.ts';
import { fixedPainting, inCells, maskOf } from './painting.ts';
import type { BoardReport } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Samples with their masks, and what the model said of all their patches. */
interface Answered {
  orders: Int32Array[];
  kept: number;
  /** (count, n, entries) logits in the order of `orders`. */
  logits: Float32Array;
  /** (count, n) true entries, in the same order. */
  truths: Int32Array;
}

export class CodesView implements View {
  readonly levelsByMask = true;
  private counted: Uint32Array | undefined;

  constructor(
    private readonly run: Run,
    private readonly painter: Painter,
    private readonly learned: LearnedTarget,
  ) {}

  async board(pictures: Samples): Promise<BoardReport> {
    const { config, steps: step, tokenizer } = this.run;
    const answered = await this.say(pictures, indexRange(0, pictures.count), config.task.maskRatio);
    const samples = answered.orders.map((order, i) => {
      const { loss, right, count, logits } = this.scoreOf(answered, i);
      const predicted = tokenizer.draw(inCells(this.learned.decode(logits), order));
      return { mask: maskOf(order, answered.kept), predicted, error: loss, right: right / count };
    });
    return { kind: 'painting', step, borrowed: false, learned: 'tokens', samples };
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const { patches } = this.painter.spec;
    const kept = this.painter.kept(maskRatio);
    const losses: number[] = [];
    const shares: number[] = [];
    const tally = { right: 0, common: 0, asked: 0 };
    const common = this.counted && commonest(this.counted);
    const cells = Array.from({ length: patches }, () => ({ wrong: 0, asked: 0 }));
    // Without anything to see, or to guess, there is no number.
    for (const chunk of kept === 0 || kept === patches ? [] : chunks(pictures, patches)) {
      const answered = await this.say(set, chunk, maskRatio);
      for (let i = 0; i < chunk.length; i++) {
        const { loss, right, count, hits, truths } = this.scoreOf(answered, i);
        losses.push(loss);
        shares.push(right / count);
        tally.right += right;
        tally.asked += count;
        tally.common += truths.filter((truth) => truth === common).length;
        for (const [row, hit] of hits.entries()) {
          const cell = cells[answered.orders[i][kept + row]];
          cell.asked += 1;
          cell.wrong += hit ? 0 : 1;
        }
      }
      yield undefined;
    }
    const accuracy = tally.right / tally.asked;
    return {
      scores: { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, tokenAccuracy: accuracy },
      errors: { loss: standardError(losses), tokenAccuracy: standardError(shares) },
      pictures: losses.length,
      cellErrors: Float32Array.from(cells, ({ wrong, asked }) => wrong / asked),
      ...(common !== undefined && { references: this.levels(tally.common / tally.asked) }),
    };
  }

  /**
   * What takes no looking: a guess at random, and always the one that is nearest to most of the training patches that the code book was learned
   * from. Once it is known, every measurement brings its level on the very same masks.
   */
  async *references(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    const { dataset, config, subject } = this.run;
    this.counted = subject.tables?.codeBook(this.learned.outputs).counts;
    const { references = {} } = yield* this.measure(dataset.heldOut, pictures, config.task.maskRatio);
    return references;
  }

  private levels(mostFrequent: number): Readonly<Record<string, number>> {
    return { chance: 1 / this.learned.outputs, 'most frequent': mostFrequent };
  }

  private async say(set: Samples, pictures: readonly number[], maskRatio: number): Promise<Answered> {
    const { painter, run } = this;
    const { batch, orders, kept, task } = fixedPainting(run, painter, set, pictures, maskRatio);
    const [logits] = await run.forward(task, (weights, uploaded) => [painter.paint(weights, uploaded, 'all')]);
    const truths = this.learned.encode(arrangePatches(batch, orders)).data as Int32Array;
    return { orders, kept, logits, truths };
  }

  /** Of the removed patches of sample i. */
  private scoreOf({ orders, kept, logits, truths }: Answered, i: number) {
    const { outputs } = this.learned;
    const n = orders[i].length;
    const own = logits.subarray(i * n * outputs, (i + 1) * n * outputs);
    const removed = Uint16Array.from(truths.subarray(i * n + kept, (i + 1) * n));
    const asked = own.subarray(kept * outputs);
    const guesses = Int32Array.from(removed, (_, row) => argmaxOfRow(asked, row * outputs, outputs));
    const hits = Array.from(removed, (truth, row) => truth === guesses[row]);
    const right = hits.filter(Boolean).length;
    return {
      loss: meanLoss(softmaxRows(asked, outputs), removed, outputs),
      right,
      count: removed.length,
      hits,
      logits: own,
      truths: removed,
    };
  }
}

/** The entry with most patches, of equals the first. */
function commonest(counts: Uint32Array): number {
  return counts.reduce((best, count, entry) => (count > counts[best] ? entry : best), 0);
}
