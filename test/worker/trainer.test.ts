/** The trainer behind its protocol. */
import { afterEach, describe, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import type { Dataset } from '../../src/data/samples.ts';
import type { JigsawSample } from '../../src/trainer/reports.ts';
import { newParcel, unpack } from '../../src/worker/parcel.ts';
import { colourSubject, rampDataset, rampPictures, tinyConfig } from '../tinyRun.ts';
import { closePages, is, openPage, Page, parcelOf, phase } from './page.ts';

afterEach(closePages);

/** The puzzles of the newest board. */
function jigsaws(page: Page): JigsawSample[] {
  const { board } = page.last('board');
  expect(board.kind).toBe('jigsaw');
  return board.kind === 'jigsaw' ? board.samples : [];
}

describe('trainer protocol', () => {
  it('says that it learns a code book before the run begins, and nothing where there is none', async () => {
    const page = await openPage();
    const learning = (one: Page): string[] =>
      one.all('progress').flatMap(({ task, done, total }) => (/code book/.test(task) ? [`${done} of ${total}`] : []));
    expect(learning(page)).toEqual([]);
    const tiny = tinyConfig();
    const mae = withObjective(tiny, 'mae');
    const config = {
      ...mae,
      picture: tiny.picture,
      optimiser: tiny.optimiser,
      mae: { ...mae.mae, target: 'tokens', codes: 64 },
    } as const;
    await page.after({ type: 'reset', config }, phase('ready'));
    expect(learning(page)).toEqual(['0 of 1', '1 of 1']);
  });

  it('opens with a backend, a run, a board and a full round of measuring', async () => {
    const page = await openPage();
    expect(page.last('backend').backend.name).toBe('wasm');
    const { info: run } = page.last('run');
    expect(run).toMatchObject({ trainCount: 32, heldOutCount: 12, pinned: false });
    expect(run.tokens).toEqual(colourSubject(run.config, 2).tokens);
    expect(run.board.count).toBe(6);
    expect(page.last('board').board.samples).toHaveLength(6);
    await page.next((event) => event.type === 'evaluation' && event.evaluation.attentionDistance !== undefined);
    const { evaluation } = page.last('evaluation');
    expect(evaluation.confusion?.counts.reduce((sum, count) => sum + count, 0)).toBe(12 * 16);
    expect(evaluation.maskRatioCurve.length).toBeGreaterThan(0);
    expect(evaluation.attentionDistance).toHaveLength(4);
  });

  it('trains to the end, every step reported once and in order', async () => {
    const page = await openPage({ steps: 25 });
    await page.after({ type: 'train' }, phase('finished'));
    const steps = page.all('steps').flatMap((event) => event.steps.map(({ step }) => step));
    expect(steps).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(page.last('phase').step).toBe(25);
  });

  it('pauses within one step of being asked', async () => {
    const page = await openPage({ steps: 2000 });
    await page.after({ type: 'train' }, is('steps'));
    const asked = page.last('steps').steps.at(-1)?.step ?? 0;
    const started = performance.now();
    await page.after({ type: 'pause' }, phase('paused'));
    const [step] = page.last('steps').steps.slice(-1);
    // Steps done between the last report and the pause message are not the pause's fault: time is what counts.
    expect(performance.now() - started).toBeLessThan(10 * step.milliseconds + 200);
    const paused = page.last('phase').step;
    expect(paused).toBeGreaterThanOrEqual(asked);
    await page.next(is('evaluation'));
    expect(page.last('phase').step).toBe(paused);
    expect(page.last('evaluation').evaluation.step).toBe(paused);
  });

  it('does single steps that equal those of a run without pauses', async () => {
    const stepped = await openPage({ steps: 4 });
    for (let i = 0; i < 3; i++) await stepped.after({ type: 'step' }, phase('paused'));
    await stepped.after({ type: 'train' }, phase('finished'));
    const straight = await openPage({ steps: 4 });
    await straight.after({ type: 'train' }, phase('finished'));
    const losses = (page: Page) => page.all('steps').flatMap((event) => event.steps.map(({ loss }) => loss));
    expect(losses(stepped)).toEqual(losses(straight));
  });

  it('changes the mask ratio of a run under way, and refuses what needs a new run', async () => {
    const page = await openPage();
    await page.after({ type: 'set', path: 'task.maskRatio', value: 0.75 }, (event) => event.type === 'board');
    expect(jigsaws(page)[0].context).toBe(4);
    await page.after({ type: 'set', path: 'model.depth', value: 3 }, is('error'));
    await page.after({ type: 'set', path: 'task.maskRatio', value: 2 }, is('error'));
    expect(page.last('error').error.message).toContain('task.maskRatio');
  });

  it('starts over with other settings, and keeps the run when they cannot work', async () => {
    const page = await openPage();
    await page.after({ type: 'step' }, phase('paused'));
    const config = tinyConfig({ seed: 9 });
    await page.after({ type: 'reset', config: { ...config, model: { ...config.model, heads: 3 } } }, is('error'));
    expect(page.last('phase')).toMatchObject({ phase: 'paused', step: 1 });
    await page.after({ type: 'reset', config }, phase('ready'));
    expect(page.last('phase').step).toBe(0);
    expect(page.last('run').info.config.optimiser.seed).toBe(9);
  });

  it('pins a photo at the top of the board and takes it away again', async () => {
    const page = await openPage();
    await page.after({ type: 'pin', photo: parcelOf(rampPictures(1, 77)) }, is('board'));
    expect(page.last('run').info).toMatchObject({ pinned: true });
    expect(page.last('board').board.samples).toHaveLength(7);
    await page.after({ type: 'pin', photo: null }, is('board'));
    expect(page.last('board').board.samples).toHaveLength(6);
    await page.after({ type: 'pin', photo: parcelOf(rampPictures(1, 77, 32)) }, is('error'));
  });

  it('shows attention whose rows sum to one', async () => {
    const page = await openPage();
    await page.after({ type: 'inspect', sample: 2 }, is('attention'));
    const { depth, heads, patches, maps, sample } = page.last('attention').attention;
    expect([depth, heads, patches, sample]).toEqual([2, 2, 16, 2]);
    for (let row = 0; row < 2 * 2 * 16; row++) {
      const sum = maps.subarray(row * 16, row * 16 + 16).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 4);
    }
  });

  it('saves weights that another run of the same shape takes over', async () => {
    const page = await openPage();
    for (let i = 0; i < 3; i++) await page.after({ type: 'step' }, phase('paused'));
    await page.after({ type: 'save' }, is('saved'));
    const { bytes } = page.last('saved');
    const other = await openPage({ seed: 5 });
    const before = jigsaws(other)[0].confidence;
    await other.after({ type: 'load', bytes }, is('board'));
    expect(other.last('run').cause).toBe('loaded');
    expect(other.last('phase')).toMatchObject({ phase: 'paused', step: 3 });
    expect(jigsaws(other)[0].confidence).not.toEqual(before);
    expect(jigsaws(other)[0].confidence).toEqual(jigsaws(page)[0].confidence);
    await other.after({ type: 'load', bytes: new Uint8Array([1, 2, 3]) }, is('error'));
    expect(other.last('error').error.name).toBe('CheckpointError');
    expect(other.all('run')).toHaveLength(2);
  });

  it('tells what the kernels of one step cost, and pauses', async () => {
    const page = await openPage();
    await page.after({ type: 'train' }, is('steps'));
    await page.after({ type: 'profile' }, is('kernels'));
    const { step, timings } = page.last('kernels');
    const names = timings.map(({ kernel }) => kernel);
    expect(names).toEqual(expect.arrayContaining(['AdamW', 'LayerNorm', 'everything else']));
    expect(timings.map(({ milliseconds }) => milliseconds)).toEqual(
      timings.map(({ milliseconds }) => milliseconds).toSorted((a, b) => b - a),
    );
    for (const { calls } of timings) expect(calls).toBeGreaterThan(0);
    expect(page.last('phase').phase).toBe('paused');
    // A real step, which the run counts.
    expect(page.last('phase').step).toBe(step);
    expect(page.all('steps').flatMap(({ steps }) => steps.map((report) => report.step))).toContain(step);
  });

  it('measures nothing when there is no step left to measure', async () => {
    const page = await openPage({ steps: 1 });
    await page.after({ type: 'profile' }, is('kernels'));
    expect(page.last('kernels').timings).toEqual([]);
    expect(page.last('phase').phase).toBe('finished');
    expect(page.last('phase').step).toBe(1);
  });

  it('lends the samples that were brought for the run, and keeps its own', async () => {
    const page = await openPage();
    const { door, parcel } = newParcel<Dataset>();
    await page.after({ type: 'lend', door }, is('lent'));
    const lent = await unpack(parcel);
    expect(lent.train.count).toBe(rampDataset().train.count);
    expect(page.last('lent').dataset).toMatchObject({ name: lent.name, modality: 'picture' });
    await page.after({ type: 'step' }, is('steps'));
  });

  it('says why when the data are missing', async () => {
    const page = new Page();
    await page.start();
    await page.after({ type: 'open', config: tinyConfig(), backend: 'wasm' }, is('error'));
    expect(page.last('error').error).toMatchObject({ name: 'BadDataError' });
  });

  it('says so when a backend that was asked for is not there, and runs on another', async () => {
    const page = new Page();
    await page.start();
    await page.after({ type: 'open', config: tinyConfig(), backend: 'webgpu', files: parcelOf(rampDataset()) }, is('board'));
    expect(page.last('error').error.name).toBe('BackendError');
    expect(page.last('backend').backend).toMatchObject({ name: 'wasm', degraded: true });
  });
});
