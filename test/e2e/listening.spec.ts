/** What the board plays, saved as WAV and measured: nobody has to listen to know that it is right. */
import { readFileSync } from 'node:fs';
import { soundClip } from '../../src/data/sound/synth/soundSets.ts';
import { type App, expect, test } from './app.ts';
import { decibelsApart, likeness, peak, rms, samplesOf, sharpest } from './soundMeasures.ts';

const SAMPLES = 16_384;
const PIECE = 1024;
/** Samples that a piece fades over at either side, of its own surroundings and of its neighbour's. */
const FADE = 80;

async function trained(app: App, objective: string): Promise<void> {
  await app.open({ 'data.dataset': 'syllables', 'optimiser.steps': '20', 'task.objective': objective });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
}

/** Plays, and saves what was played. */
async function rendered({ page }: App, what: string): Promise<Float32Array> {
  const board = page.getByRole('region', { name: 'Board', exact: true });
  await board.getByRole('button', { name: `Play ${what}`, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    board.getByRole('button', { name: `Save ${what} as WAV`, exact: true }).click(),
  ]);
  return samplesOf(readFileSync(await download.path()));
}

/** Loud enough to be heard, and nowhere so loud that its tips are cut off. */
function expectSound(samples: Float32Array): void {
  expect(samples.length).toBe(SAMPLES);
  expect(rms(samples)).toBeGreaterThan(0.02);
  expect(rms(samples)).toBeLessThan(0.2);
  expect(peak(samples)).toBeLessThan(0.999);
}

const middles = (samples: Float32Array): Float32Array[] =>
  Array.from({ length: SAMPLES / PIECE }, (_, i) => samples.subarray(PIECE * i + FADE, PIECE * (i + 1) - FADE));

/** The order in which the pieces of `truth` stand in a sound. */
function orderIn(samples: Float32Array, truth: Float32Array): number[] {
  const pieces = middles(truth);
  return middles(samples).map((middle) => pieces.findIndex((piece) => likeness(piece, middle) > 0.9999));
}

/**
 * How sharp the sound bends where two pieces join, beside what the two bend there by themselves: 1 or less where they fade into each
 * other, many times that where they click. The worst of all joins.
 */
function worstJoin(samples: Float32Array, truth: Float32Array): number {
  const order = orderIn(samples, truth);
  const around = (sound: Float32Array, place: number): number => sharpest(sound, place - FADE, place + FADE);
  const joins = order.slice(1).flatMap((piece, i) => {
    const before = order[i];
    if (before < 0 || piece < 0) return [];
    const own = around(truth, PIECE * (before + 1)) + around(truth, PIECE * piece);
    return [around(samples, PIECE * (i + 1)) / own];
  });
  return Math.max(...joins);
}

test('shuffled, placed and true are the same pieces, joined without a click', async ({ app }) => {
  await trained(app, 'mp3');
  const truth = await rendered(app, 'the truth of sample 1');
  expectSound(truth);
  const clips = Array.from({ length: 500 }, (_, i) => soundClip('syllables', 1, 'heldOut', i, 1.024).samples);
  const found = clips.findIndex((clip) => clip.every((sample, i) => sample === Math.round(truth[i] * 32_768)));
  expect(found, 'the truth is a held-out clip, bit for bit').toBeGreaterThanOrEqual(0);

  const shuffled = await rendered(app, 'the shuffled pieces of sample 1');
  expectSound(shuffled);
  const pieces = middles(truth);
  const order = orderIn(shuffled, truth);
  expect(order.toSorted((a, b) => a - b)).toEqual(pieces.map((_, i) => i));
  expect(order).not.toEqual(pieces.map((_, i) => i));
  console.log(`bends at joins, of the pieces' own: ${worstJoin(shuffled, truth).toFixed(2)}`);
  expect(worstJoin(shuffled, truth)).toBeLessThan(1.1);
  expect(Math.abs(likeness(shuffled, truth))).toBeLessThan(0.9);

  const placed = await rendered(app, 'the placement of sample 1');
  for (const [cell, middle] of middles(placed).entries()) {
    const isPiece = peak(middle) === 0 || pieces.some((piece) => likeness(piece, middle) > 0.9999);
    expect(isPiece, `cell ${cell} is silent, or a piece`).toBe(true);
  }
  expect(worstJoin(placed, truth)).toBeLessThan(1.1);
});

test('what is painted sounds as its drawing says, and as loud as the sound', async ({ app }) => {
  await trained(app, 'mae');
  const original = await rendered(app, 'the original of sample 1');
  expectSound(original);

  const left = await rendered(app, 'what is left of sample 1');
  const pieces = middles(original);
  const kept = middles(left).map((middle, i) => (peak(middle) === 0 ? 0 : likeness(middle, pieces[i]) > 0.9999 ? 1 : Number.NaN));
  expect(kept.reduce((sum, one) => sum + one, 0)).toBe(4);

  const through = await rendered(app, 'the original through 40 bands of sample 1');
  const prediction = await rendered(app, 'the prediction of sample 1');
  const pasted = await rendered(app, 'the prediction with the visible pieces of sample 1');
  for (const samples of [through, prediction, pasted]) {
    expectSound(samples);
    // Its phase is made up: nothing of the waveform is there.
    expect(Math.abs(likeness(samples, original))).toBeLessThan(0.3);
  }
  const [lost, painted, filled] = [through, prediction, pasted].map((samples) => decibelsApart(samples, original));
  console.log(
    `dB from the original: through the bands ${lost.toFixed(1)}, with the visible pieces ${filled.toFixed(1)}, painted ${painted.toFixed(1)}`,
  );
  expect(lost).toBeLessThan(4);
  expect(filled).toBeGreaterThan(lost);
  expect(painted).toBeGreaterThan(filled);
});
