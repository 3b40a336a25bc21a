/** What goes wrong silently where words are guessed (text.md 7), each with a test of its own. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { EMPTY, FIRST_WORD, MASK, tokensOn, UNKNOWN } from '../../src/config/modalities/tokens.ts';
import { startingRun } from '../../src/config/presets.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import {
  firstValues,
  namedWeights,
  type ParameterSpec,
  Parameters,
  placeParameters,
  type Weights,
} from '../../src/model/parameters.ts';
import { bertPainter, bertParameters } from '../../src/objectives/bert.ts';
import { encoderSpec } from '../../src/objectives/encoder.ts';
import { latentTask } from '../../src/objectives/latentTask.ts';
import { decoderOf } from '../../src/objectives/mae.ts';
import { maeWordPainter, maeWordParameters } from '../../src/objectives/maeWords.ts';
import { puzzleOf } from '../../src/objectives/mp3.ts';
import type { PatchBatch, Task } from '../../src/objectives/objective.ts';
import { drawWords, removedPlaces, rowsAt, textsOf, type WordPainter, wordLogits } from '../../src/objectives/words.ts';
import { useBackend } from '../ops/support/nodeBackends.ts';

const [N, WORDS, BATCH, RATIO] = [20, 60, 6, 0.3];
const start = startingRun({ dataset: 'tales', modality: 'text' }, 'simmim');
const CONFIG = {
  ...start,
  model: { ...start.model, width: 32, depth: 2, heads: 2 },
  mae: { ...start.mae, decoderWidth: 32, decoderDepth: 1 },
};
const TOKENS = tokensOn('text', [N], [1], WORDS);
const SPEC = encoderSpec(CONFIG, TOKENS);

/** Texts of 20, 19, 18 ... words, an unknown one in each. */
const batch: PatchBatch = textBatch(Array.from({ length: BATCH }, (_, i) => N - i));

function textBatch(lengths: readonly number[]): PatchBatch {
  const random = new Random(3);
  const values = new Int32Array(lengths.length * N).fill(EMPTY);
  lengths.forEach((length, i) => {
    for (let place = 0; place < length; place++) values[i * N + place] = FIRST_WORD + random.below(WORDS - FIRST_WORD);
    if (length > 2) values[i * N + 2] = UNKNOWN;
  });
  return { values, count: lengths.length, patches: N, patchLength: 1 };
}

function weightsOf(specs: readonly ParameterSpec[]): Weights {
  const placements = placeParameters(specs);
  return namedWeights(tf.tensor1d(firstValues(placements, (name) => new Random(1, name))), placements);
}

const DECODER = decoderOf(CONFIG);
const PAINTERS: readonly [string, WordPainter, readonly ParameterSpec[]][] = [
  ['BERT', bertPainter(SPEC, 'mask'), bertParameters(SPEC, true)],
  ['MAE', maeWordPainter(SPEC, DECODER), maeWordParameters(SPEC, DECODER, true)],
];

function logitsOf(painter: WordPainter, weights: Weights, { tensors, sizes }: Task): Float32Array {
  return tf.tidy(() =>
    wordLogits(weights, painter.hidden(weights, { tensors: uploadInputs(tensors), sizes }))
      .dataSync<'float32'>()
      .slice(),
  );
}

beforeAll(() => useBackend('wasm with SIMD kernels'));

describe('words that are removed', () => {
  it('are exactly so many of each text’s own, never an empty place and never an unknown word', () => {
    for (const [i, ids] of textsOf(batch).entries()) {
      for (const ratio of [0.05, 0.15, 0.3, 0.5, 0.9]) {
        const removed = removedPlaces(ids, ratio, new Random(5, i));
        // The unknown word counts for nothing.
        expect(removed).toHaveLength(Math.max(1, Math.round(ratio * (N - i - 1))));
        expect(new Set(removed).size).toBe(removed.length);
        expect([...removed].every((place) => ids[place] >= FIRST_WORD)).toBe(true);
        expect([...removed]).toEqual([...removed].sort((a, b) => a - b));
      }
    }
  });

  it('are at least one, of the shortest text too, and each as often as any other', () => {
    const [ids] = textsOf(textBatch([8]));
    const counts = new Uint32Array(N);
    const random = new Random(7);
    for (let i = 0; i < 7000; i++) {
      const removed = removedPlaces(ids, 0.01, random);
      expect(removed).toHaveLength(1);
      counts[removed[0]] += 1;
    }
    for (const place of [0, 1, 3, 4, 5, 6, 7]) expect(Math.abs(counts[place] - 1000)).toBeLessThan(150);
  });

  it('of a lower ratio are among those of a higher one, drawn from the same numbers', () => {
    const [ids] = textsOf(batch);
    const few = removedPlaces(ids, 0.15, new Random(9));
    const many = new Set(removedPlaces(ids, 0.5, new Random(9)));
    expect([...few].every((place) => many.has(place))).toBe(true);
  });
});

describe.each(PAINTERS)('%s on words', (_name, painter, parameters) => {
  const weights = () => weightsOf(parameters);
  const removed = textsOf(batch).map((ids, i) => removedPlaces(ids, RATIO, new Random(2, i)));
  const taskOf = (texts: PatchBatch) => painter.task(texts, removed, rowsAt(SPEC, RATIO), new Random(1));

  it('asks every text for as many rows, its own words again and again, and for no empty or special word', () => {
    const { asked, targets } = taskOf(batch).tensors;
    const rows = rowsAt(SPEC, RATIO);
    expect(asked.shape).toEqual([BATCH, rows]);
    for (const [i, ids] of textsOf(batch).entries()) {
      const words = [...targets.data.subarray(i * rows, (i + 1) * rows)];
      expect(words).toEqual(Array.from({ length: rows }, (_, row) => ids[removed[i][row % removed[i].length]]));
      expect(Math.min(...words)).toBeGreaterThanOrEqual(FIRST_WORD);
    }
  });

  it('does not see the true word: another one under the mask changes no logit, bit for bit', () => {
    const all = weights();
    const before = logitsOf(painter, all, taskOf(batch));
    const values = Int32Array.from(batch.values);
    removed.forEach((places, i) => {
      for (const place of places) values[i * N + place] = FIRST_WORD + ((values[i * N + place] + 7) % (WORDS - FIRST_WORD));
    });
    const others = taskOf({ ...batch, values });
    expect(others.tensors.targets.data).not.toEqual(taskOf(batch).tensors.targets.data);
    expect(logitsOf(painter, all, others)).toEqual(before);
  });

  it('sees the words that stand: another one changes logits of its own text, and of no other', () => {
    const all = weights();
    const before = logitsOf(painter, all, taskOf(batch));
    const values = Int32Array.from(batch.values);
    const place = Array.from({ length: N }, (_, at) => at).find((at) => !removed[1].includes(at)) as number;
    values[N + place] = values[N + place] === 9 ? 10 : 9;
    const after = logitsOf(painter, all, taskOf({ ...batch, values }));
    const text = (logits: Float32Array, i: number) =>
      logits.slice((i * logits.length) / BATCH, ((i + 1) * logits.length) / BATCH);
    expect(text(after, 1)).not.toEqual(text(before, 1));
    for (const i of [0, 2, 5]) expect(text(after, i)).toEqual(text(before, i));
  });
});

describe('MAE on words', () => {
  it('keeps every word that is not removed, and fills up with empty places', () => {
    const [, [, painter]] = PAINTERS;
    const removed = textsOf(batch).map((ids, i) => removedPlaces(ids, RATIO, new Random(2, i)));
    const rows = rowsAt(SPEC, RATIO);
    const { patches, cells } = painter.task(batch, removed, rows, new Random(1)).tensors;
    expect(patches.shape).toEqual([BATCH, N - rows, 1]);
    for (const [i, ids] of textsOf(batch).entries()) {
      const kept = [...cells.data.subarray(i * (N - rows), (i + 1) * (N - rows))];
      const standing = Array.from(ids.keys()).filter((place) => ids[place] !== EMPTY && !removed[i].includes(place));
      expect(standing.every((place) => kept.includes(place))).toBe(true);
      expect(kept.filter((place) => !standing.includes(place)).every((place) => ids[place] === EMPTY)).toBe(true);
    }
  });
});

describe('masking as in BERT', () => {
  it('puts the mask in eight of ten places, another word in one, and leaves one', () => {
    const many = textBatch(Array.from({ length: 300 }, () => N));
    const removed = textsOf(many).map((ids, i) => removedPlaces(ids, 0.9, new Random(2, i)));
    const { data } = bertPainter(SPEC, '80/10/10').task(many, removed, rowsAt(SPEC, 0.9), new Random(4)).tensors.patches;
    const seen = removed.flatMap((places, i) => [...places].map((place) => [many.values[i * N + place], data[i * N + place]]));
    const share = (is: (truth: number, shown: number) => boolean) =>
      seen.filter(([a = 0, b = 0]) => is(a, b)).length / seen.length;
    expect(share((_, shown) => shown === MASK)).toBeCloseTo(0.8, 1);
    expect(share((truth, shown) => shown === truth)).toBeCloseTo(0.1, 1);
    expect(share((truth, shown) => shown >= FIRST_WORD && shown !== truth)).toBeCloseTo(0.1, 1);
    // What is not asked for stays.
    const standing = Array.from(data.keys()).filter((at) => !removed[Math.floor(at / N)].includes(at % N));
    expect(standing.every((at) => data[at] === many.values[at])).toBe(true);
  });
});

describe('a batch with texts that have no known word', () => {
  const painter = bertPainter(SPEC, 'mask');

  it('asks the next text in their place', () => {
    const texts = textBatch([12, 0, 9]);
    const { targets } = drawWords(painter, texts, RATIO, new Random(1)).tensors;
    expect(Math.min(...targets.data)).toBeGreaterThanOrEqual(FIRST_WORD);
    const { patches } = drawWords(painter, texts, RATIO, new Random(1)).tensors;
    expect(patches.data.subarray(N + 9, 2 * N)).toEqual(new Int32Array(N - 9).fill(EMPTY));
    expect(patches.data[N]).not.toBe(EMPTY);
  });

  it('is refused where there is no other', () => {
    expect(() => drawWords(painter, textBatch([0, 0]), RATIO, new Random(1))).toThrow('raise text.vocabulary');
  });
});

describe('MP3 on words', () => {
  it('knows no positions: the same words in another order get the same answers', () => {
    const puzzle = puzzleOf({ ...CONFIG, mp3: { ...CONFIG.mp3, classToken: 'none' } }, TOKENS);
    const all = weightsOf(puzzle.parameters);
    const [ids] = textsOf(batch);
    const one = { values: ids, count: 1, patches: N, patchLength: 1 };
    const orders = [1, 2].map((seed) => Int32Array.from(new Random(seed).permutation(N)));
    const [first, second] = orders.map((order) => {
      const { tensors, sizes } = puzzle.task(one, 0, [order]);
      return puzzle.logits(all, { tensors: uploadInputs(tensors), sizes }).dataSync<'float32'>();
    });
    for (let slot = 0; slot < N; slot++) {
      const same = orders[1].indexOf(orders[0][slot]);
      for (const cell of [0, 7, 19]) expect(first[slot * N + cell]).toBeCloseTo(second[same * N + cell], 4);
    }
  });
});

describe('data2vec on words', () => {
  it('predicts real words only, as many rows of every text', () => {
    const kept = 10;
    const orders = Array.from({ length: 2 * BATCH }, (_, i) => Int32Array.from(new Random(6, i).permutation(N)));
    const { removed } = latentTask(batch, orders, kept, new Float32Array(2 * BATCH * 10 * 32), SPEC).tensors;
    expect(removed.shape).toEqual([2 * BATCH, N - kept]);
    removed.data.forEach((place, i) => {
      const mask = Math.floor(i / (N - kept));
      expect(batch.values[Math.floor(mask / 2) * N + place]).not.toBe(EMPTY);
      expect([...orders[mask].subarray(kept)]).toContain(place);
    });
  });
});

describe('weight decay', () => {
  it('pulls on all rows of the table alike, and neither on positions nor on biases', () => {
    const specs = bertParameters(SPEC, true);
    const parameters = new Parameters(specs, (name) => new Random(1, name));
    const decay = parameters.decay.dataSync();
    for (const { spec, offset, length } of parameters.placements) {
      const own = new Set(decay.subarray(offset, offset + length));
      const pulled = spec.name === 'text.embed.weight' || /\.(q|kv|proj|fc1|fc2)\.weight$/.test(spec.name);
      if (spec.trainable !== false) expect([...own], spec.name).toEqual([Number(pulled)]);
    }
    expect(parameters.trained).not.toContain('pos_embed');
    parameters.dispose();
  });
});
