/** Looking at a run that guesses removed words: BERT, and MAE on words (text.md 4, 9). */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../base/random.ts';
import { EMPTY } from '../config/modalities/tokens.ts';
import { sampleOf } from '../data/sample.ts';
import type { Samples } from '../data/samples.ts';
import { softmaxRows } from '../metrics/classification.ts';
import { type GuessedWord, standsElsewhere, WordTally } from '../metrics/wordTally.ts';
import { recordAttention } from '../model/recorder.ts';
import type { PatchBatch, Task } from '../objectives/objective.ts';
import { knownPlaces, removedPlaces, rowsAt, textsOf, type WordPainter, wordLogits } from '../objectives/words.ts';
import { chunks, indexRange } from './chunks.ts';
import { NgramLevels } from './ngramLevels.ts';
import type { FilledText, WordBoard, WordSample } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';
import { wordHealth } from './wordHealth.ts';

/** Masks for looking and testing do not depend on the run's seed: the numbers of any two runs can be compared. */
const MASK_SEED = 20_233;
/** Guesses that are told for each masked word. */
const GUESSED = 5;
/** Training texts that tell which words are in so many of them that looking back for one says nothing. */
const COUNTED_TEXTS = 512;
const COMMON_SHARE = 1 / 3;

/** Texts, the places that they are asked for, and the task. */
interface Asked {
  batch: PatchBatch;
  texts: Int32Array[];
  removed: Int32Array[];
  rows: number;
  task: Task;
}

export class WordsView implements View {
  readonly levelsByMask = true;
  private common: Uint8Array | undefined;
  private readonly ngrams: NgramLevels;

  constructor(
    private readonly run: Run,
    private readonly painter: WordPainter,
  ) {
    this.ngrams = new NgramLevels(run);
  }

  async board(texts: Samples): Promise<WordBoard> {
    const { steps: step, config } = this.run;
    const all = indexRange(0, texts.count);
    const batch = this.run.tokenizer.cut(texts, all);
    const removed = textsOf(batch).map((ids, i) => placesFor(ids, config.task.maskRatio, i));
    return { kind: 'cloze', step, samples: await this.fillAll(batch, removed) };
  }

  async fill(ids: Int32Array, mask: Uint8Array): Promise<FilledText> {
    const batch = { values: ids, count: 1, patches: ids.length, patchLength: 1 };
    const masked = indexRange(0, ids.length).filter((place) => mask[place] === 1 && ids[place] !== EMPTY);
    const removed = Int32Array.from(masked);
    const [sample] = await this.fillAll(batch, [removed]);
    if (!this.painter.masksInside || removed.length === 0) return sample;
    return { ...sample, attended: await this.attentionOf(batch, removed) };
  }

  async *measure(set: Samples, texts: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const { patches } = this.painter.spec;
    const tally = new WordTally(this.commonWords());
    const ngrams = this.ngrams.tally();
    const rows = rowsAt(this.painter.spec, maskRatio);
    // Without anything to see, or to guess, there is no number.
    const measurable = maskRatio > 0 && (this.painter.masksInside || rows < patches);
    for (const chunk of measurable ? chunks(texts, patches) : []) {
      const asked = this.ask(set, chunk, maskRatio);
      if (asked === undefined) continue;
      const [losses, guesses] = await this.run.forward(asked.task, (weights, uploaded) =>
        scoresOf(wordLogits(weights, this.painter.hidden(weights, uploaded)), uploaded.tensors.targets as tf.Tensor1D),
      );
      for (const [i, ids] of asked.texts.entries()) {
        tally.add(ids, guessedWords(asked, i, losses, guesses));
        ngrams?.add(ids, asked.removed[i]);
      }
      yield undefined;
    }
    // On the very same masks: a level is one for a mask ratio.
    const references = ngrams?.levels();
    const measurement = { ...tally.measurement(), ...(references && { references }) };
    const health = wordHealth(this.run.steps, measurement.scores, references ?? {});
    return health === undefined ? measurement : { ...measurement, health };
  }

  /** What a masked word can be told from without a model; once it is known every measurement brings it for its own masks. */
  async *references(texts: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    const { dataset, config } = this.run;
    yield* this.ngrams.learn();
    const tally = this.ngrams.tally();
    for (const chunk of chunks(texts, this.painter.spec.patches)) {
      const asked = this.ask(dataset.heldOut, chunk, config.task.maskRatio);
      for (const [i, ids] of (asked?.texts ?? []).entries()) tally?.add(ids, asked?.removed[i] ?? new Int32Array());
      yield undefined;
    }
    return tally?.levels() ?? {};
  }

  /** Texts of a set under their fixed masks; those without a known word are left out. Undefined where none has any. */
  ask(set: Samples, texts: readonly number[], maskRatio: number): Asked | undefined {
    const batch = this.run.tokenizer.cut(set, texts);
    const all = textsOf(batch);
    const kept = indexRange(0, batch.count).filter((i) => knownPlaces(all[i]).length > 0);
    if (kept.length === 0) return undefined;
    const removed = kept.map((i) => placesFor(all[i], maskRatio, texts[i]));
    const rows = rowsAt(this.painter.spec, maskRatio);
    const chosen = batchOf(kept.map((i) => all[i]));
    const task = this.painter.task(chosen, removed, rows, new Random(MASK_SEED));
    return { batch: chosen, texts: textsOf(chosen), removed, rows, task };
  }

  private async fillAll(batch: PatchBatch, removed: readonly Int32Array[]): Promise<WordSample[]> {
    const texts = textsOf(batch);
    const asking = indexRange(0, batch.count).filter((i) => removed[i].length > 0);
    const rows = Math.max(...removed.map((places) => places.length));
    if (asking.length === 0) return texts.map((ids) => sampleOfGuesses(ids, new Int32Array(), new Float32Array(), 1));
    const chosen = batchOf(asking.map((i) => texts[i]));
    const task = this.painter.task(
      chosen,
      asking.map((i) => removed[i]),
      rows,
      new Random(MASK_SEED),
    );
    const [logits] = await this.run.forward(task, (weights, uploaded) => [
      wordLogits(weights, this.painter.hidden(weights, uploaded)),
    ]);
    const words = this.painter.spec.vocabulary as number;
    return texts.map((ids, i) => {
      const first = asking.indexOf(i) * rows * words;
      const own = logits.subarray(first, first + removed[i].length * words);
      return this.withNeighbours(sampleOfGuesses(ids, removed[i], softmaxRows(own, words), words));
    });
  }

  /** What the two neighbours of each masked word say, once they have been counted. */
  private withNeighbours(sample: WordSample): WordSample {
    const neighbours = this.ngrams.neighbours(sample.ids, sample.places, sample.guesses);
    return neighbours === undefined ? sample : { ...sample, neighbours };
  }

  /** (m, depth, n) of the places that are masked in one text, mean over heads. */
  private async attentionOf(batch: PatchBatch, places: Int32Array): Promise<Float32Array> {
    const { depth, heads, patches } = this.painter.spec;
    const task = this.painter.task(batch, [places], places.length, new Random(MASK_SEED));
    const layers = await this.run.forward(task, (weights, uploaded) => {
      const recorder = recordAttention();
      this.painter.hidden(weights, uploaded, recorder.attend);
      return recorder.layers;
    });
    const attended = new Float32Array(places.length * depth * patches);
    for (const [m, place] of places.entries()) {
      for (let layer = 0; layer < depth; layer++) {
        const row = attended.subarray((m * depth + layer) * patches, (m * depth + layer + 1) * patches);
        for (let head = 0; head < heads; head++) {
          const from = (head * patches + place) * patches;
          for (let key = 0; key < patches; key++) row[key] += layers[layer][from + key] / heads;
        }
      }
    }
    return attended;
  }

  /** (V) 1 for the words that a third of all texts hold. */
  private commonWords(): Uint8Array {
    if (this.common !== undefined) return this.common;
    const { train } = this.run.dataset;
    const batch = this.run.tokenizer.cut(train, sampleOf(train, COUNTED_TEXTS));
    const counts = new Uint32Array(this.painter.spec.vocabulary as number);
    for (const ids of textsOf(batch)) for (const id of new Set(ids)) counts[id] += 1;
    this.common = Uint8Array.from(counts, (count) => Number(count >= COMMON_SHARE * batch.count));
    return this.common;
  }
}

/** A text's fixed places: those of a lower ratio are among those of a higher one. */
function placesFor(ids: Int32Array, ratio: number, text: number): Int32Array {
  return removedPlaces(ids, ratio, new Random(MASK_SEED, text));
}

function batchOf(texts: readonly Int32Array[]): PatchBatch {
  const [first] = texts;
  const values = new Int32Array(texts.length * first.length);
  for (const [i, ids] of texts.entries()) values.set(ids, i * first.length);
  return { values, count: texts.length, patches: first.length, patchLength: 1 };
}

/** Of logits (rows, V): each row's cross-entropy with its target (rows), and its likeliest word by id. */
function scoresOf(logits: tf.Tensor2D, targets: tf.Tensor1D): tf.Tensor[] {
  const highest = tf.max(logits, 1, true);
  const sums = tf.sum(tf.exp(tf.sub(logits, highest)), 1);
  const own = tf.cast(tf.oneHot(targets, logits.shape[1]), 'float32');
  const atTarget = tf.sum(tf.mul(tf.sub(logits, highest), own), 1);
  return [tf.sub(tf.log(sums), atTarget), tf.cast(tf.argMax(logits, 1), 'float32')];
}

/** What came of text i, its own places only: rows behind them repeat them. */
function guessedWords({ removed, rows }: Asked, i: number, losses: Float32Array, guesses: Float32Array): GuessedWord[] {
  return Array.from(removed[i], (place, m) => ({ place, guess: guesses[i * rows + m], loss: losses[i * rows + m] }));
}

/** @param probabilities (m, words) */
function sampleOfGuesses(ids: Int32Array, removed: Int32Array, probabilities: Float32Array, words: number): WordSample {
  const mask = new Uint8Array(ids.length);
  for (const place of removed) mask[place] = 1;
  const guessed = Math.min(GUESSED, words);
  const guesses = new Int32Array(removed.length * guessed);
  const own = new Float32Array(removed.length * guessed);
  for (const m of removed.keys()) {
    const row = probabilities.subarray(m * words, (m + 1) * words);
    const best = likeliest(row, guessed);
    guesses.set(best, m * guessed);
    own.set(
      best.map((id) => row[id]),
      m * guessed,
    );
  }
  const elsewhere = Uint8Array.from(removed, (place) => Number(standsElsewhere(ids, mask, place)));
  const truth = Float32Array.from(removed, (place, m) => probabilities[m * words + ids[place]]);
  return { ids: ids.slice(), mask, places: Uint16Array.from(removed), guesses, probabilities: own, guessed, truth, elsewhere };
}

/** Indices of the largest values, the largest first, of equal ones the first. */
function likeliest(row: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < row.length; id++) {
    // Most are no better than the last of the best: sorting thousands for each masked word would take longer than a step.
    if (best.length === count && !(row[id] > row[best[count - 1]])) continue;
    let at = best.length;
    while (at > 0 && row[id] > row[best[at - 1]]) at -= 1;
    best.splice(at, 0, id);
    if (best.length > count) best.pop();
  }
  return best;
}
