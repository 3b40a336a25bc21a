/** Labels for some senses, from a pretraining on all: what moves, what opens elsewhere, and the table of all methods. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { presetRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { CAPTION_VOCABULARY } from '../../src/data/pairs/captionIds.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { asLearned, sayOtherData } from '../../src/io/savedData.ts';
import { isRow, type RobustnessPlan, type RobustnessRow, rowName } from '../../src/trainer/robustness/plan.ts';
import { runRobustness } from '../../src/trainer/robustness/run.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import { startWasm } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';
import { fileOf, labelled, pairs, SLOW, tiny, trained, weightsOf } from './tinyPairRuns.ts';

beforeAll(startWasm);

describe('labels for some senses', () => {
  it('leave the encoders of the others as they are, to the bit, unless they are taught', { timeout: 120_000 }, async () => {
    const dataset = await pairs();
    const run = await trained(tiny('contrastive-pairs'), dataset);
    const file = await fileOf(run);
    for (const [method, moves] of [
      ['FT', false],
      ['MASD', true],
    ] as const) {
      const next = new Run(labelled(run.config, { 'robust.trainOn': 'picture', 'robust.method': method }), dataset);
      next.startFrom(file);
      const [sound, picture] = [await weightsOf(next, 'sound.'), await weightsOf(next, 'picture.')];
      while (next.steps < next.totalSteps) await next.step();
      expect(await weightsOf(next, 'picture.')).not.toEqual(picture);
      const after = await weightsOf(next, 'sound.');
      if (moves) expect(after).not.toEqual(sound);
      else expect(after).toEqual(sound);
      next.dispose();
    }
    run.dispose();
  });

  it(
    'are not the only use: the encoder of pictures opens in a run on pictures alone, with the features that it had',
    SLOW,
    async () => {
      const dataset = await pairs();
      const run = await trained(tiny('contrastive-pairs'), dataset);
      const shape = { 'picture.size': 32, 'picture.patch': 8, 'model.width': 32, 'model.depth': 1, 'model.heads': 2 };
      const alone = new Run(applySettings(presetRun('mae-scenes'), { ...shape, 'data.dataset': 'files' }), greyPictures());
      alone.startFrom(await fileOf(run));
      const names = ['patch_embed.proj.weight', 'blocks.0.attn.q.weight', 'norm.weight'];
      for (const name of names) expect(await weightsOf(alone, name)).toEqual(await weightsOf(run, `picture.${name}`));
      const sounds = applySettings(presetRun('mae-syllables'), { ...shape, 'sound.pieces': 32 });
      const other = new Run(sounds, await builtInDataset('syllables', formWith(), 1));
      const file = await fileOf(run);
      expect(() => other.startFrom(file)).toThrow(CheckpointError);
      expect(() => other.startFrom(file)).toThrow(/bands and frames of their own .* it would hear something else/);
      for (const one of [run, alone, other]) one.dispose();
    },
  );

  it(
    'are not the only use: the encoder of captions opens in a run on texts alone, which are read in its words',
    SLOW,
    async () => {
      const run = await trained(tiny('contrastive-pairs'), await pairs());
      const file = await fileOf(run);
      const start = textConfig('simmim');
      const config = { ...start, model: { ...start.model, depth: 1 } };
      const tales = storyFiles('tales');
      expect(sayOtherData(file, tales)).toMatch(/words/);
      const read = asLearned(file, tales);
      expect(read.train).toMatchObject({ vocabulary: { names: CAPTION_VOCABULARY.names } });
      const alone = new Run(config, read);
      alone.startFrom(file);
      for (const name of ['text.embed.weight', 'blocks.0.attn.q.weight', 'norm.weight']) {
        expect(await weightsOf(alone, name)).toEqual(await weightsOf(run, `text.${name}`));
      }
      for (const one of [run, alone]) one.dispose();
    },
  );

  it('refuse a file without one of the encoders', { timeout: 120_000 }, async () => {
    const dataset = await pairs();
    const two = await trained(tiny('contrastive-pairs', { 'pair.senses': 'picture+sound' }), dataset);
    const config = labelled(tiny('contrastive-pairs'));
    const plan = planOf(config, await fileOf(two));
    await expect(rowsOf(plan, dataset)).rejects.toThrow(CheckpointError);
    two.dispose();
  });
});

describe('runRobustness', () => {
  it('makes a row for every model, and none again that is there', { timeout: 240_000 }, async () => {
    const dataset = await pairs();
    const run = await trained(tiny('contrastive-pairs', { 'pair.senses': 'picture+sound' }), dataset);
    const plan = planOf(labelled(run.config), await fileOf(run));
    const rows = await rowsOf(plan, dataset);
    // Three subsets of two senses; MASD has nothing to teach where both have labels, and fine-tuned ones are tested at .75 too.
    expect(rows.map(rowName)).toEqual([
      'LP picture 1',
      'FT picture 1',
      'FT picture 1 0.75',
      'MASD picture 1',
      'MASD picture 1 0.75',
      'random picture 1',
      'LP sound 1',
      'FT sound 1',
      'FT sound 1 0.75',
      'MASD sound 1',
      'MASD sound 1 0.75',
      'random sound 1',
      'LP picture+sound 1',
      'FT picture+sound 1',
      'FT picture+sound 1 0.75',
      'random picture+sound 1',
    ]);
    for (const { accuracy, counts } of rows) {
      expect(counts).toEqual([40, 40, 40]);
      expect(accuracy.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    const known = new Set(rows.filter(({ method }) => method !== 'MASD').map(rowName));
    expect((await rowsOf(plan, dataset, known)).map(rowName)).toEqual(
      rows.filter(({ method }) => method === 'MASD').map(rowName),
    );
    run.dispose();
  });
});

function greyPictures(): Dataset {
  const set = (count: number): PictureSet => ({
    modality: 'picture',
    pixels: Uint8Array.from({ length: count * 32 * 32 }, (_, i) => (37 * i) % 256),
    count,
    size: 32,
    channels: 1,
    classes: [],
  });
  return { name: 'Grey', train: set(40), heldOut: set(8), heldOutIsTrain: false };
}

function planOf(config: RunConfig, weights: Uint8Array): RobustnessPlan {
  return {
    config,
    weights,
    seeds: [1],
    methods: ['LP', 'FT', 'MASD'],
    baselines: ['random'],
    alphas: [0.75],
    scratchSteps: 2,
    testSamples: 1000,
  };
}

async function rowsOf(plan: RobustnessPlan, dataset: Dataset, known?: ReadonlySet<string>): Promise<RobustnessRow[]> {
  const rows: RobustnessRow[] = [];
  for await (const event of runRobustness(plan, dataset, known)) if (isRow(event)) rows.push(event);
  return rows;
}
