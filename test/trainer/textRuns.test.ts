/** Whole runs on texts: what is trained, measured, saved and started from. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import { FIRST_WORD, MASK, UNKNOWN } from '../../src/config/modalities/tokens.ts';
import { factsOf, type ObjectiveName } from '../../src/config/objectives.ts';
import { startingRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';
import { accuracyCeiling } from '../../src/metrics/accuracyCeiling.ts';
import { WORD_TABLE } from '../../src/model/stem.ts';
import { idsOf } from '../../src/objectives/tokenValues.ts';
import { measureContentFloor } from '../../src/trainer/contentFloor.ts';
import { features } from '../../src/trainer/features.ts';
import { stepFlops } from '../../src/trainer/flops.ts';
import { Observer } from '../../src/trainer/observer.ts';
import type { EvaluationReport, WordSample } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { formWith } from '../formWith.ts';
import { OF_ONE_KIND } from '../oneKind.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

async function tales(): Promise<Dataset> {
  const { name, train, heldOut } = await builtInDataset('tales', formWith(), 1);
  const first = (set: typeof train, count: number) =>
    selectSamples(
      set,
      Array.from({ length: count }, (_, i) => i),
    );
  return { name, train: first(train, 96), heldOut: first(heldOut, 24), heldOutIsTrain: false };
}

function configOf(objective: ObjectiveName): RunConfig {
  const start = startingRun({ dataset: 'tales', modality: 'text' }, objective);
  return {
    ...start,
    model: { width: 32, depth: 2, heads: 2, dropPath: 0 },
    mae: { ...start.mae, decoderDepth: 1, decoderWidth: 32 },
    optimiser: { ...start.optimiser, batch: 8, steps: 3, warmup: 0 },
    selfDistillation: { ...start.selfDistillation, pretrainSteps: 2, source: 'tales' },
  };
}

async function lastReport(observer: Observer): Promise<EvaluationReport | undefined> {
  let last: EvaluationReport | undefined;
  let rounds = 0;
  for await (const report of observer.evaluate(true)) {
    if (report !== undefined) last = report;
    // MP3's content-only floor is a training of its own.
    if (++rounds > 60) break;
  }
  return last;
}

describe.each(OF_ONE_KIND)('%s on texts', (objective) => {
  it('trains, shows its board, and is measured whole', { timeout: 90_000 }, async () => {
    const dataset = await tales();
    const config = configOf(objective);
    const run = new Run(config, dataset);
    const { step, evaluation } = factsOf(config).metrics;
    while (run.steps < run.totalSteps) {
      const { loss, metrics } = await run.step();
      expect(Number.isFinite(loss)).toBe(true);
      expect(Object.keys(metrics)).toEqual([...step]);
    }
    expect(run.spec).toMatchObject({ classToken: false, vocabulary: run.tokenizer.tokens.vocabulary });
    expect(stepFlops(config, { tokens: run.tokenizer.tokens, classes: 8 })).toBeGreaterThan(0);
    const observer = new Observer(run);
    const board = await observer.board(selectSamples(dataset.heldOut, [0, 1]));
    expect(board.samples).toHaveLength(2);
    const report = await lastReport(observer);
    expect(report?.pictures).toBe(24);
    const missing = evaluation.filter((name) => report?.scores[name] === undefined || Number.isNaN(report.scores[name]));
    // Nothing is masked in a puzzle whose mask ratio is 0.
    expect(missing.filter((name) => name !== 'maskedAccuracy')).toEqual([]);
    observer.dispose();
    run.dispose();
  });
});

describe('guessed words on the board', () => {
  it('are the likeliest first, with probabilities, and what could be copied is known', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('simmim'), dataset);
    const view = viewOf(run);
    const board = await view.board(dataset.heldOut);
    expect(board.kind).toBe('cloze');
    const truth = idsOf(run.tokenizer.cut(dataset.heldOut, [0]));
    const [sample] = board.samples as WordSample[];
    expect(sample.ids).toEqual(truth);
    expect([...sample.places]).toEqual(Array.from(sample.mask.keys()).filter((place) => sample.mask[place] === 1));
    const m = sample.places.length;
    expect(sample.guesses).toHaveLength(5 * m);
    for (let i = 0; i < m; i++) {
      const own = sample.probabilities.subarray(5 * i, 5 * (i + 1));
      expect([...own]).toEqual([...own].sort((a, b) => b - a));
      const rank = sample.guesses.subarray(5 * i, 5 * (i + 1)).indexOf(sample.ids[sample.places[i]]);
      if (rank >= 0) expect(sample.truth[i]).toBeCloseTo(own[rank], 6);
      const others = truth.filter((id, place) => id === truth[sample.places[i]] && sample.mask[place] === 0);
      expect(sample.elsewhere[i]).toBe(Number(others.length > 0));
    }
    run.dispose();
  });

  it.each(['simmim', 'mae'] as const)('of %s are filled in wherever somebody masks', { timeout: 60_000 }, async (objective) => {
    const dataset = await tales();
    const run = new Run(configOf(objective), dataset);
    const view = viewOf(run);
    const ids = idsOf(run.tokenizer.cut(dataset.heldOut, [3]));
    const mask = new Uint8Array(ids.length);
    for (const place of [0, 5, 6]) mask[place] = 1;
    const filled = await view.fill?.(ids, mask);
    expect([...(filled?.places ?? [])]).toEqual([0, 5, 6]);
    // A gap that was typed has no word of its own; it does not change what is seen.
    const gap = ids.map((id, place) => (mask[place] === 1 ? 7 : id));
    expect((await view.fill?.(gap, mask))?.guesses).toEqual(filled?.guesses);
    // A word that the vocabulary lacks may be masked too, an empty place not.
    const unknown = ids.map((id, place) => (place === 5 ? UNKNOWN : id));
    expect((await view.fill?.(unknown, mask))?.guesses).toEqual(filled?.guesses);
    expect(
      (
        await view.fill?.(
          ids.fill(0, 50),
          mask.map((is, place) => (place === 55 ? 1 : is)),
        )
      )?.places,
    ).toHaveLength(3);
    expect(await view.fill?.(ids, new Uint8Array(ids.length))).toMatchObject({ places: new Uint16Array() });
    if (objective === 'mae') expect(filled?.attended).toBeUndefined();
    else {
      const weights = filled?.attended ?? new Float32Array();
      expect(weights).toHaveLength(3 * 2 * ids.length);
      for (let row = 0; row < 6; row++) {
        const sum = weights.subarray(row * ids.length, (row + 1) * ids.length).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 4);
      }
    }
    run.dispose();
  });

  it('come with what the neighbours say once these were counted, and with levels for the same words', {
    timeout: 60_000,
  }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('simmim'), dataset);
    const view = viewOf(run);
    expect(((await view.board(dataset.heldOut)).samples as WordSample[])[0].neighbours).toBeUndefined();
    const measuring = view.references?.([0, 1, 2, 3]);
    let next = await measuring?.next();
    while (next?.done === false) next = await measuring?.next();
    expect(Object.keys(next?.value ?? {})).toEqual(['most frequent', 'left neighbour', 'both neighbours', 'two on each side']);
    const [sample] = (await view.board(dataset.heldOut)).samples as WordSample[];
    expect(sample.neighbours?.ofGuesses).toHaveLength(sample.guesses.length);
    run.dispose();
  });
});

describe('shuffled words on the board', () => {
  it('come with the words that belong into the cells', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('mp3'), dataset);
    const board = await viewOf(run).board(selectSamples(dataset.heldOut, [2]));
    const ids = board.kind === 'jigsaw' ? board.samples[0].ids : undefined;
    expect(ids).toEqual(idsOf(run.tokenizer.cut(selectSamples(dataset.heldOut, [2]), [0])));
    expect(ids).toHaveLength(16);
    run.dispose();
  });
});

describe('the ceiling of words in order', () => {
  it('is what equal words leave: of 16 words of Tales about .81, as an independent script counts it (text.md 5)', async () => {
    const { train } = await builtInDataset('tales', formWith(), 1);
    const { tokenizer } = new Run(configOf('mp3'), { name: 'Tales', train, heldOut: train, heldOutIsTrain: true });
    const windows = tokenizer.cut(
      train,
      Array.from({ length: 2000 }, (_, i) => i),
    );
    expect(Math.abs(accuracyCeiling(windows) - 0.81)).toBeLessThan(0.015);
    expect(Math.min(...idsOf(windows))).toBeGreaterThanOrEqual(FIRST_WORD);
  });
});

describe('what else boards tell of texts', () => {
  it('is how alike predictions are to the targets of other words', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('data2vec'), dataset);
    const board = await viewOf(run).board(selectSamples(dataset.heldOut, [0, 1]));
    const [sample] = board.kind === 'latents' ? board.samples : [];
    expect(sample?.ids).toEqual(idsOf(run.tokenizer.cut(dataset.heldOut, [0])));
    const told = Array.from(sample?.other ?? []).map((value) => !Number.isNaN(value));
    // Wherever a real word is predicted.
    expect(told).toEqual(Array.from(sample?.mask ?? [], (is, place) => is === 1 && sample?.ids?.[place] !== 0));
    expect(Array.from(sample?.other ?? []).every((value) => Number.isNaN(value) || Math.abs(value) <= 1.0001)).toBe(true);
    run.dispose();
  });

  it('is each word’s share in the class, none of an empty place', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('supervised'), dataset);
    const board = await viewOf(run).board(selectSamples(dataset.heldOut, [0, 1]));
    const samples = board.kind === 'classes' ? board.samples : [];
    expect(samples).toHaveLength(2);
    for (const { ids = new Int32Array(), shares = new Float32Array() } of samples) {
      expect(shares).toHaveLength(ids.length);
      ids.forEach((id, place) => {
        expect(shares[place] !== 0 || id === 0, `place ${place}`).toBe(true);
        expect(Math.abs(shares[place])).toBeLessThan(1);
      });
    }
    run.dispose();
  });
});

describe('the floor of words in order', () => {
  it('is of the same window of words', { timeout: 120_000 }, async () => {
    const dataset = await tales();
    const measuring = measureContentFloor(configOf('mp3'), dataset, [0, 1, 2, 3]);
    let next = await measuring.next();
    while (next.done === false) next = await measuring.next();
    // Words that stand at one place of a sentence give it away; chance is 1 of 16.
    expect(next.value).toBeGreaterThan(1.5 / 16);
    expect(next.value).toBeLessThan(0.5);
  });
});

describe('features of texts', () => {
  it('do not depend on what stands behind the text', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('simmim'), dataset);
    const drain = async (indices: number[]) => {
      const reading = features(run, dataset.heldOut, indices, 'class');
      for (;;) {
        const { done, value } = await reading.next();
        if (done === true) return value;
      }
    };
    const [one, two] = [await drain([0]), await drain([0, 1])];
    expect(two.slice(0, one.length)).toEqual(one);
    run.dispose();
  });
});

describe('an encoder of texts', () => {
  it('carries its words, and starts runs with labels', { timeout: 60_000 }, async () => {
    const dataset = await tales();
    const run = new Run(configOf('simmim'), dataset);
    await run.step();
    const bytes = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
    const { tensors, metadata } = readSafetensors(bytes);
    const { vocabulary } = run.tokenizer.tokens;
    expect(tensors.find(({ name }) => name === WORD_TABLE)?.shape).toEqual([vocabulary, 32]);
    const recipe = JSON.parse(metadata['patchwork.tokens'] ?? '{}') as { vocabulary: { names: string[] } };
    expect(recipe.vocabulary.names[MASK]).toBe('<mask>');
    const next = new Run(fineTuneConfig(run.config), dataset);
    expect(next.startFrom(bytes).added).toEqual(['head.weight', 'head.bias']);
    await next.step();
    run.dispose();
    next.dispose();
  });
});
