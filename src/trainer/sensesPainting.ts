/** Looking at multimodal MAE: what it paints of every sense from what is left of all. */
import { Random } from '../base/random.ts';
import { meanOver, type Part, standardError } from '../base/statistics.ts';
import type { Sense } from '../config/modalities/names.ts';
import { FIRST_WORD } from '../config/modalities/tokens.ts';
import type { Samples } from '../data/samples.ts';
import { argmaxOfRow, logSumExpOfRow } from '../metrics/rows.ts';
import {
  drawSenses,
  guessedName,
  ordersName,
  paintedErrors,
  paintingOf,
  SENSE_ERRORS,
  type SensesPainting,
  targetsName,
} from '../objectives/multimodalMae.ts';
import { haveWords } from '../objectives/words.ts';
import { chunks, indexRange } from './chunks.ts';
import type { BoardReport, PaintedMember } from './reports.ts';
import { tokensOf } from './robustness/model.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Masks for looking and testing do not depend on the run's seed. */
const MASK_SEED = 20_221;

/** Sums over the removed words of one caption. */
interface CaptionSums {
  words: number;
  right: number;
  loss: number;
}

export class SensesPaintingView implements View {
  private readonly painting: SensesPainting;

  constructor(private readonly run: Run) {
    this.painting = paintingOf(run.config, run.tokenizer.tokens);
  }

  async board(samples: Samples): Promise<BoardReport> {
    const { steps: step, config } = this.run;
    const all = indexRange(0, samples.count);
    const found = await this.paint(samples, all, config.task.maskRatio);
    return { kind: 'senses', step, samples: all.map((i) => ({ members: found.members.map((member) => member(i)) })) };
  }

  async *measure(set: Samples, samples: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const found = new Map<string, Part[]>();
    const captions: CaptionSums[] = [];
    const { present = {} } = 'present' in set ? set : {};
    const whole = samples.filter((i) => Object.values(present).every((flags) => flags?.[i] !== 0));
    let measured = 0;
    for (const chunk of chunks(whole, tokensOf(this.run))) {
      const asked = this.withWords(set, chunk);
      if (asked.length === 0) continue;
      const { scores, captions: own } = await this.paint(set, asked, maskRatio);
      measured += asked.length;
      captions.push(...own);
      for (const [name, value] of Object.entries(scores)) {
        found.set(name, [...(found.get(name) ?? []), { sum: value * asked.length, count: asked.length }]);
      }
      yield undefined;
    }
    const means = [...found].map(([name, parts]) => [name, meanOver(parts).value]);
    // Chunks are small samples of the same size, but for the last: their spread tells that of the mean.
    const errors = [...found]
      .filter(([, parts]) => parts.length > 1)
      .map(([name, parts]) => [name, standardError(parts.map(({ sum, count }) => sum / count))]);
    const words = wordScores(captions);
    return {
      scores: { ...Object.fromEntries(means), ...words.scores },
      errors: { ...Object.fromEntries(errors), ...words.errors },
      pictures: measured,
    };
  }

  /** Without samples whose captions have no known word: nothing could be asked of them. */
  private withWords(set: Samples, samples: readonly number[]): readonly number[] {
    const { members = {} } = this.run.tokenizer.cut(set, samples);
    const words = this.painting.senses.specs.find(({ spec }) => spec.vocabulary !== undefined);
    const own = words && members[words.name];
    if (own === undefined) return samples;
    const have = haveWords(own);
    return samples.filter((_, k) => have[k]);
  }

  private async paint(set: Samples, samples: readonly number[], maskRatio: number) {
    const { run, painting } = this;
    const batch = run.tokenizer.cut(set, samples);
    const task = drawSenses(painting, batch, maskRatio, new Random(MASK_SEED, 'senses', ...samples));
    const { specs } = painting.senses;
    const found = await run.forward(task, (weights, uploaded) =>
      paintedErrors(painting, weights, uploaded, run.config.multimodalMae.wordWeight),
    );
    const [loss, ...rest] = found;
    const errors = rest.slice(0, specs.length).map((value) => value[0]);
    const painted = rest.slice(specs.length);
    const named = specs.map(({ name }, k) => [SENSE_ERRORS[name], errors[k]]);
    const words = specs.findIndex(({ spec }) => spec.vocabulary !== undefined);
    return {
      scores: { loss: loss[0], ...Object.fromEntries(named) } as Record<string, number>,
      captions: words < 0 ? [] : captionSums(task.tensors, specs[words], painted[words]),
      members: specs.map(({ name, spec }, k) => (i: number): PaintedMember => {
        const orders = task.tensors[ordersName(name)].data as Int32Array;
        const order = orders.subarray(i * spec.patches, (i + 1) * spec.patches);
        const length = spec.vocabulary ?? spec.patchLength;
        const removed = painted[k].length / samples.length / length;
        const kept = spec.patches - removed;
        const mask = new Uint8Array(spec.patches);
        for (const cell of order.subarray(kept)) mask[cell] = 1;
        const own = painted[k].subarray(i * removed * length, (i + 1) * removed * length);
        const values = batch.members?.[name]?.values ?? new Float32Array();
        const truth = values.subarray(i * spec.patches * spec.patchLength, (i + 1) * spec.patches * spec.patchLength);
        const cells = order.subarray(kept);
        // Words have no raster, and numbers no words.
        if (spec.vocabulary !== undefined) return { sense: name, mask, words: guesses(own, length, cells, truth) };
        return { sense: name, mask, raster: this.raster(name, truth as Float32Array, own, cells, spec.patchLength) };
      }),
    };
  }

  /** What is kept as it is, with what is painted in the gaps. */
  private raster(sense: Sense, truth: Float32Array, painted: Float32Array, removed: Int32Array, length: number): Uint8Array {
    const tokens = truth.slice();
    for (const [k, cell] of removed.entries()) tokens.set(painted.subarray(k * length, (k + 1) * length), cell * length);
    return this.run.tokenizer.drawMember?.(sense, tokens) ?? new Uint8Array();
  }
}

/** (n) the guessed id at every removed place that holds a known word; -1 elsewhere. */
function guesses(logits: Float32Array, vocabulary: number, removed: Int32Array, truth: ArrayLike<number>): Int32Array {
  const found = new Int32Array(truth.length).fill(-1);
  removed.forEach((cell, k) => {
    if (truth[cell] >= FIRST_WORD) found[cell] = argmaxOfRow(logits, k * vocabulary, vocabulary);
  });
  return found;
}

/** What came of the words that were removed from each caption, each word once: rows behind them repeat them. */
function captionSums(
  tensors: Readonly<Record<string, { data: ArrayLike<number>; shape: readonly number[] }>>,
  { name, spec: { vocabulary = 1 } }: SensesPainting['senses']['specs'][number],
  logits: Float32Array,
): CaptionSums[] {
  const { data: guessed, shape } = tensors[guessedName(name)];
  const targets = tensors[targetsName(name)].data;
  const [count, rows] = shape;
  const removed = logits.length / count / vocabulary;
  return Array.from({ length: count }, (_, i) => {
    const sums = { words: 0, right: 0, loss: 0 };
    const seen = new Set<number>();
    for (let row = i * rows; row < (i + 1) * rows; row++) {
      const place = guessed[row];
      // A caption of unknown words has none to be asked for.
      if (seen.has(place) || targets[row] < FIRST_WORD) continue;
      seen.add(place);
      const start = (i * removed + place) * vocabulary;
      const guess = argmaxOfRow(logits, start, vocabulary);
      sums.words += 1;
      sums.right += Number(guess === targets[row]);
      const largest = guess < 0 ? Number.NaN : logits[start + guess];
      sums.loss += logSumExpOfRow(logits, start, vocabulary, largest) - logits[start + targets[row]];
    }
    return sums;
  });
}

/** Means over removed words, not over captions, which hold different numbers of them. */
function wordScores(captions: readonly CaptionSums[]): Pick<Measurement, 'scores' | 'errors'> {
  if (captions.length === 0) return { scores: {}, errors: {} };
  const right = meanOver(captions.map((caption) => ({ sum: caption.right, count: caption.words })));
  const loss = meanOver(captions.map((caption) => ({ sum: caption.loss, count: caption.words })));
  return {
    scores: { [SENSE_ERRORS.text]: loss.value, maskedWordAccuracy: right.value },
    errors: { [SENSE_ERRORS.text]: loss.error, maskedWordAccuracy: right.error },
  };
}
