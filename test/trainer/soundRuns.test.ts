/** Whole runs on sounds: what is trained, measured, saved and started from. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { startingRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { encoderShape } from '../../src/io/encoderShape.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';
import { Observer } from '../../src/trainer/observer.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { Session } from '../../src/worker/session.ts';
import { formWith } from '../formWith.ts';
import { OF_ONE_KIND } from '../oneKind.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

async function syllables(): Promise<Dataset> {
  const { name, train, heldOut } = await builtInDataset('syllables', formWith(), 1);
  const few = (set: typeof train, count: number) =>
    selectSamples(
      set,
      Array.from({ length: count }, (_, i) => i),
    );
  return { name, train: few(train, 60), heldOut: few(heldOut, 20), heldOutIsTrain: false };
}

function configOf(objective: ObjectiveName): RunConfig {
  const start = startingRun({ dataset: 'syllables', modality: 'picture' }, objective);
  return {
    ...start,
    model: { width: 32, depth: 2, heads: 2, dropPath: 0 },
    mae: { ...start.mae, decoderDepth: 1, decoderWidth: 32 },
    optimiser: { ...start.optimiser, batch: 8, steps: 3, warmup: 0 },
    selfDistillation: { ...start.selfDistillation, pretrainSteps: 2 },
  };
}

describe.each(OF_ONE_KIND)('%s on sounds', (objective) => {
  it('trains, shows its board, and is measured whole', { timeout: 60_000 }, async () => {
    const dataset = await syllables();
    const run = new Run(configOf(objective), dataset);
    while (run.steps < run.totalSteps) expect(Number.isFinite((await run.step()).loss)).toBe(true);
    expect(run.spec.grid).toEqual([16]);
    const observer = new Observer(run);
    const board = await observer.board(selectSamples(dataset.heldOut, [0, 1]));
    expect(board.samples).toHaveLength(2);
    if (board.kind === 'painting') {
      const { height, width } = run.tokenizer.raster;
      expect(board.samples[0]?.predicted).toHaveLength(height * width);
    }
    let last: unknown;
    let rounds = 0;
    for await (const report of observer.evaluate(true)) {
      if (report !== undefined) last = report;
      // MP3's content-only floor is a training of its own.
      if (++rounds > 60) break;
    }
    // The reference on a line of n: (n^2 - 1) / 3n (sound.md 4).
    expect(last).toMatchObject({ pictures: 20, uniformDistance: expect.closeTo(255 / 48, 5) as number });
    observer.dispose();
    run.dispose();
  });
});

describe('the level of painting nothing', () => {
  it('is called by what sounds have in common, not by a colour', async () => {
    const run = new Run(configOf('simmim'), await syllables());
    const measuring = viewOf(run).references?.([0, 1]);
    let next = await measuring?.next();
    while (next?.done === false) next = await measuring?.next();
    expect(Object.keys(next?.value ?? {})).toEqual(['mean spectrum']);
    run.dispose();
  });
});

describe('an encoder of sounds', () => {
  it('carries its front end, mean and deviation, and starts runs that read the same', { timeout: 60_000 }, async () => {
    const dataset = await syllables();
    const run = new Run(configOf('mae'), dataset);
    await run.step();
    const bytes = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
    const { tensors, metadata } = readSafetensors(bytes);
    expect(tensors.find(({ name }) => name === 'patch_embed.proj.weight')?.shape).toEqual([32, 1, 4, 40]);
    const recipe = JSON.parse(metadata['patchwork.tokens'] ?? '{}') as Record<string, unknown>;
    expect(recipe).toMatchObject({ modality: 'sound', kind: 'running', bins: 40, seconds: 1.024, low: 80, high: 7600 });
    expect(recipe.mean).toEqual(run.tokenizer.statistics.mean);
    expect(encoderShape(bytes)).toMatchObject({ 'sound.tokens': 'running', 'sound.pieces': 16, 'model.width': 32 });

    const tuned = fineTuneConfig(run.config);
    expect(tuned.sound.tokens).toBe('running');
    const next = new Run(tuned, dataset);
    expect(next.startFrom(bytes).added).toEqual(['head.weight', 'head.bias']);
    const heard = new Run(withSetting(tuned, 'sound.features', 'mfcc'), dataset);
    expect(() => heard.startFrom(bytes)).toThrow(/learned with sound\.features=log-mel.*Set sound\.features=log-mel/);
    const cut = new Run(withSetting(tuned, 'sound.tokens', 'pieces'), dataset);
    expect(() => cut.startFrom(bytes)).toThrow(/reads tokens of 4 frames.*reads tokens of 3 frames/);
    const seen = new Run(fineTuneConfig(tinyConfig()), rampDataset());
    expect(() => seen.startFrom(bytes)).toThrow('The saved encoder reads sounds, the one to be trained pictures.');
    for (const each of [run, next, heard, cut, seen]) each.dispose();
  });
});

describe('a session on sounds', () => {
  it('tells the page what to draw and what to play, and takes a sound to pin', async () => {
    const dataset = await syllables();
    const session = new Session(1, configOf('mp3'), dataset);
    // 80 clips in 16 bits with their places and labels, and their tokens once all are computed.
    expect(session.info().dataBytes).toBe(80 * (16_384 * 2 + 2 + 4 + 16 * 120 * 4) + 2 * 4);
    session.pin(selectSamples(dataset.train, [3]));
    const { board, thumbnails, tokens, accuracyCeiling } = session.info();
    expect(board).toMatchObject({ modality: 'sound', count: 7, width: 48, height: 40, channels: 1 });
    expect(board.sound?.starts).toHaveLength(8);
    expect(thumbnails.count).toBe(24);
    expect(tokens).toMatchObject({ grid: [16], length: 120 });
    expect(accuracyCeiling).toBe(1);
    expect(() => session.pin(rampDataset().train)).toThrow(/must have the size/);
    session.dispose();
  });
});
