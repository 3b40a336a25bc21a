/** Whole runs on samples with several members: what is trained, what keeps its bits, what is measured and started from. */
import { beforeAll, describe, expect, it } from 'vitest';
import { BadDataError } from '../../src/base/errors.ts';
import { checkRun } from '../../src/config/check.ts';
import { switchToFiles } from '../../src/config/ownFiles.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { tokenizerOf } from '../../src/data/tokenizers.ts';
import { contrastiveSenses } from '../../src/objectives/contrastive.ts';
import { embedSenses } from '../../src/trainer/embedSenses.ts';
import { Run } from '../../src/trainer/run.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { startWasm } from '../tinyRun.ts';
import { fileOf, labelled, pairs, range, tiny, trained, weightsOf } from './tinyPairRuns.ts';

beforeAll(startWasm);

describe('Paired digits as tokens', () => {
  it('corrupts a test sample once and for all, whatever is cut beside it', async () => {
    const { heldOut, train } = await pairs();
    const config = tiny('contrastive-pairs');
    const tokenizer = tokenizerOf(config, train);
    const together = tokenizer.cut(heldOut, range(7));
    for (const i of range(7)) {
      const alone = tokenizer.cut(heldOut, [i]);
      for (const sense of ['picture', 'sound', 'text'] as const) {
        const own = together.members?.[sense];
        if (own === undefined) throw new Error(`no ${sense}`);
        const size = own.patches * own.patchLength;
        expect(alone.members?.[sense]?.values).toEqual(own.values.slice(i * size, (i + 1) * size));
      }
    }
  });

  it('corrupts a training sample afresh at every look, and its caption never', async () => {
    const { train } = await pairs();
    const tokenizer = tokenizerOf(tiny('contrastive-pairs'), train);
    const cut = (seed: number) => tokenizer.cut(train, [3], [{ seed }]).members;
    expect(cut(1)?.picture?.values).toEqual(cut(1)?.picture?.values);
    expect(cut(1)?.picture?.values).not.toEqual(cut(2)?.picture?.values);
    expect(cut(1)?.sound?.values).not.toEqual(cut(2)?.sound?.values);
    expect(cut(1)?.text?.values).toEqual(cut(2)?.text?.values);
  });

  it('has numbers of mean 0 and deviation 1, about', async () => {
    const { train } = await pairs();
    const tokenizer = tokenizerOf(tiny('contrastive-pairs'), train);
    const { members } = tokenizer.cut(
      train,
      range(120),
      range(120).map((seed) => ({ seed })),
    );
    for (const sense of ['picture', 'sound'] as const) {
      const values = Array.from(members?.[sense]?.values ?? []);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(0.1);
      expect(Math.abs(square - 1)).toBeLessThan(0.15);
    }
  });

  it('uses the senses that are asked for, and no others', async () => {
    const { train } = await pairs();
    const config = tiny('contrastive-pairs', { 'pair.senses': 'picture+text' });
    const batch = tokenizerOf(config, train).cut(train, [0, 1]);
    expect(Object.keys(batch.members ?? {})).toEqual(['picture', 'text']);
  });
});

describe.each(['contrastive-pairs', 'mae-pairs'] as const)('%s', (preset) => {
  it('trains, shows its board, is measured, and is the start of labels for some senses', { timeout: 120_000 }, async () => {
    const dataset = await pairs();
    const run = await trained(tiny(preset), dataset);
    const view = viewOf(run);
    const board = await view.board(selectSamples(dataset.heldOut, range(3)));
    expect(board.samples).toHaveLength(3);
    const measuring = view.measure(dataset.heldOut, range(40), run.config.task.maskRatio);
    let step = await measuring.next();
    for (; !step.done; step = await measuring.next());
    for (const value of Object.values(step.value.scores)) expect(Number.isFinite(value)).toBe(true);
    const config = labelled(run.config);
    expect(checkRun(config)).toEqual([]);
    const next = new Run(config, dataset);
    const { added } = next.startFrom(await fileOf(run));
    expect(added.toSorted()).toEqual(['head.bias', 'head.weight']);
    expect(await weightsOf(next, 'sound.')).toEqual(await weightsOf(run, 'sound.'));
    run.dispose();
    next.dispose();
  });
});

it('says how sure the errors of multimodal MAE are, from pieces of what it measured', { timeout: 120_000 }, async () => {
  const dataset = await pairs();
  const run = new Run(tiny('mae-pairs'), dataset);
  const measured = async (samples: number[]) => {
    const measuring = viewOf(run).measure(dataset.heldOut, samples, 0.75);
    let step = await measuring.next();
    for (; !step.done; step = await measuring.next());
    return step.value;
  };
  const all = range(40);
  const [first, second, both] = [await measured(all.slice(0, 20)), await measured(all.slice(20)), await measured(all)];
  const halves = (name: 'pictureError' | 'soundError' | 'wordError' | 'loss') => [
    first.scores[name] ?? Number.NaN,
    second.scores[name] ?? Number.NaN,
  ];
  for (const name of ['pictureError', 'soundError', 'loss'] as const) {
    const [a, b] = halves(name);
    expect(both.scores[name]).toBeCloseTo((a + b) / 2, 6);
    expect(both.errors[name]).toBeCloseTo(Math.abs(a - b) / 2, 6);
  }
  // A mean over words, of which the halves have different numbers, and an error over captions.
  const [a, b] = halves('wordError');
  expect(both.scores.wordError).toBeGreaterThan(Math.min(a, b));
  expect(both.scores.wordError).toBeLessThan(Math.max(a, b));
  expect(both.errors.wordError).toBeGreaterThan(0);
  expect(Object.keys(first.errors).toSorted()).toEqual(['maskedWordAccuracy', 'wordError']);
  run.dispose();
});

describe('contrastive pretraining', () => {
  async function measured(run: Run, dataset: Dataset) {
    const measuring = viewOf(run).measure(dataset.heldOut, range(40), 0);
    let step = await measuring.next();
    for (; !step.done; step = await measuring.next());
    return step.value;
  }

  it('is told from one that has collapsed in one sense: everything there gets the same embedding', {
    timeout: 120_000,
  }, async () => {
    const dataset = await pairs();
    const run = await trained(tiny('contrastive-pairs'), dataset);
    expect((await measured(run, dataset)).health).toMatchObject({ verdict: 'healthy' });
    const weights = (await run.readWeights()).slice();
    const set = (name: string, value: number) => {
      const place = run.parameters.placements.find(({ spec }) => spec.name === name);
      if (place === undefined) throw new Error(`no ${name}`);
      weights.fill(value, place.offset, place.offset + place.length);
    };
    set('sound.proj.weight', 0);
    set('sound.proj.bias', 1);
    run.writeWeights(weights, run.steps);
    const { health, scores } = await measured(run, dataset);
    expect(health).toMatchObject({ verdict: 'collapsed' });
    expect(health?.message).toMatch(/every sound gets nearly the same/);
    expect(scores.embeddingSpread).toBeLessThan(0.01);
    set('picture.proj.weight', 0);
    set('text.proj.weight', 0);
    set('picture.proj.bias', 1);
    set('text.proj.bias', 1);
    run.writeWeights(weights, run.steps);
    // Nobody is nearer than anybody else.
    expect((await measured(run, dataset)).scores.loss).toBeCloseTo(Math.log(32), 3);
    run.dispose();
  });

  it('knows what a perfect matcher would lose on built-in pairs, and on no others', { timeout: 120_000 }, async () => {
    const dataset = await pairs();
    const levels = async (changes: Parameters<typeof tiny>[1], own = false) => {
      const config = tiny('contrastive-pairs', { 'optimiser.batch': 64, ...changes });
      const run = new Run(own ? switchToFiles(config, 'pair') : config, dataset);
      const found = await viewOf(run).references?.([]).next();
      run.dispose();
      return found?.value as Record<string, number>;
    };
    expect(Math.abs((await levels({}))['perfect matcher'] - 1.97)).toBeLessThan(0.04);
    expect((await levels({ 'pair.senses': 'picture+sound' }))['perfect matcher']).toBeCloseTo(0.83, 1);
    // Both pairs are with pictures, one of them with captions.
    const through = (await levels({ 'contrastive.pairs': 'through-pictures' }))['perfect matcher'];
    expect(Math.abs(through - (0.83 + 2.51) / 2)).toBeLessThan(0.04);
    expect(await levels({}, true)).toEqual({});
  });
});

describe('finding things by other senses', () => {
  it('finds for a held-out sample what its embeddings say, and for two senses what their mean says', {
    timeout: 120_000,
  }, async () => {
    const dataset = await pairs();
    const run = await trained(tiny('contrastive-pairs'), dataset);
    const view = viewOf(run);
    const board = selectSamples(dataset.heldOut, range(6));
    const senses = contrastiveSenses(run.config, run.tokenizer.tokens);
    const all = await embedSenses(run, senses, run.tokenizer.cut(dataset.heldOut, range(40)));
    const unit = (sense: 'picture' | 'sound' | 'text', row: number) => {
      const { rows, d } = all.get(sense) as { rows: Float32Array; d: number };
      const own = rows.slice(row * d, (row + 1) * d);
      const length = Math.hypot(...own);
      return Array.from(own, (value) => value / length);
    };
    const cosines = (query: readonly number[]) =>
      range(40).map((row) => unit('text', row).reduce((sum, value, i) => sum + (value * query[i]) / Math.hypot(...query), 0));
    const one = await view.find?.({ from: 'board', sample: 2, senses: ['picture'] }, board);
    expect(one?.lists.map(({ sense }) => sense)).toEqual(['sound', 'text']);
    expect(one?.truth).toBe(dataset.heldOut.labels?.[2]);
    const both = await view.find?.({ from: 'board', sample: 2, senses: ['picture', 'sound'] }, board);
    expect(both?.lists.map(({ sense }) => sense)).toEqual(['text']);
    const queries = [unit('picture', 2), unit('picture', 2).map((value, i) => value + unit('sound', 2)[i])];
    for (const [found, query] of [
      [one?.lists[1], queries[0]],
      [both?.lists[0], queries[1]],
    ] as const) {
      const expected = cosines(query)
        .toSorted((a, b) => b - a)
        .slice(0, 5);
      expect(found?.nearest).toHaveLength(5);
      found?.nearest.forEach(({ cosine }, i) => {
        expect(cosine).toBeCloseTo(expected[i], 5);
      });
    }
    run.dispose();
  });

  it('reads words that somebody types as captions are read', { timeout: 120_000 }, async () => {
    const dataset = await pairs();
    const run = new Run(tiny('contrastive-pairs'), dataset);
    const board = selectSamples(dataset.heldOut, range(6));
    const caption = run.tokenizer.gallery(board).members?.text?.texts[3] ?? '';
    const typed = await viewOf(run).find?.({ from: 'own', members: [{ sense: 'text', text: caption }] }, board);
    const same = await viewOf(run).find?.({ from: 'board', sample: 3, senses: ['text'] }, board);
    expect(typed?.lists).toEqual(same?.lists);
    expect(typed?.truth).toBeUndefined();
    await expect(viewOf(run).find?.({ from: 'own', members: [] }, board)).rejects.toThrow(BadDataError);
    run.dispose();
  });
});
