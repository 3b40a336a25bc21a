/** Looking at multimodal MAE: what it paints of every sense from what is left of all. */
import { Random } from '../base/random.ts';
import { standardError } from '../base/statistics.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Samples } from '../data/samples.ts';
import { argmaxOfRow } from '../metrics/rows.ts';
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
import { chunks, indexRange } from './chunks.ts';
import type { BoardReport, PaintedMember } from './reports.ts';
import { tokensOf } from './robustness/model.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Masks for looking and testing do not depend on the run's seed. */
const MASK_SEED = 20_221;

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
    const found = new Map<string, { value: number; weight: number }[]>();
    const { present = {} } = 'present' in set ? set : {};
    const whole = samples.filter((i) => Object.values(present).every((flags) => flags?.[i] !== 0));
    for (const chunk of chunks(whole, tokensOf(this.run))) {
      const { scores } = await this.paint(set, chunk, maskRatio);
      for (const [name, value] of Object.entries(scores)) {
        found.set(name, [...(found.get(name) ?? []), { value, weight: chunk.length / whole.length }]);
      }
      yield undefined;
    }
    const means = [...found].map(([name, parts]) => [name, parts.reduce((sum, { value, weight }) => sum + value * weight, 0)]);
    // Chunks are small samples of the same size, but for the last: their spread tells that of the mean.
    const errors = [...found]
      .filter(([, parts]) => parts.length > 1)
      .map(([name, parts]) => [name, standardError(parts.map(({ value }) => value))]);
    return { scores: Object.fromEntries(means), errors: Object.fromEntries(errors), pictures: whole.length };
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
    const right =
      words < 0
        ? {}
        : { maskedWordAccuracy: rightWords(task.tensors, specs[words].name, painted[words], specs[words].spec.vocabulary ?? 1) };
    return {
      scores: { loss: loss[0], ...Object.fromEntries(named), ...right } as Record<string, number>,
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
        if (name === 'text') return { sense: name, mask, words: guesses(own, length, order.subarray(kept), truth) };
        return {
          sense: name,
          mask,
          raster: this.raster(name, truth as Float32Array, own, order.subarray(kept), spec.patchLength),
        };
      }),
    };
  }

  /** What is kept as it is, with what is painted in the gaps. */
  private raster(
    sense: 'picture' | 'sound',
    truth: Float32Array,
    painted: Float32Array,
    removed: Int32Array,
    length: number,
  ): Uint8Array {
    const tokens = truth.slice();
    for (const [k, cell] of removed.entries()) tokens.set(painted.subarray(k * length, (k + 1) * length), cell * length);
    return this.run.tokenizer.drawMember?.(sense, tokens) ?? new Uint8Array();
  }
}

/** (n) the guessed id at every removed place that holds a word; -1 elsewhere. */
function guesses(logits: Float32Array, vocabulary: number, removed: Int32Array, truth: ArrayLike<number>): Int32Array {
  const found = new Int32Array(truth.length).fill(-1);
  removed.forEach((cell, k) => {
    if (truth[cell] > 0) found[cell] = argmaxOfRow(logits, k * vocabulary, vocabulary);
  });
  return found;
}

/** Of the guessed places of all samples, each word once. */
function rightWords(
  tensors: Readonly<Record<string, { data: ArrayLike<number>; shape: readonly number[] }>>,
  name: Sense,
  logits: Float32Array,
  vocabulary: number,
): number {
  const { data: guessed, shape } = tensors[guessedName(name)];
  const targets = tensors[targetsName(name)].data;
  const [count, rows] = shape;
  const removed = logits.length / count / vocabulary;
  let right = 0;
  let asked = 0;
  for (let i = 0; i < count; i++) {
    const seen = new Set<number>();
    for (let row = 0; row < rows; row++) {
      const place = guessed[i * rows + row];
      if (seen.has(place)) continue;
      seen.add(place);
      asked += 1;
      if (argmaxOfRow(logits, (i * removed + place) * vocabulary, vocabulary) === targets[i * rows + row]) right += 1;
    }
  }
  return right / asked;
}
