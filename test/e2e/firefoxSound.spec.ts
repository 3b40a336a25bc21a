/** What Firefox gives the loudspeaker when the board is played. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { findPulseAudio, startLoudspeaker } from '../../scripts/loudspeaker.mjs';
import { joinFloats } from '../../src/base/join.ts';
import { soundClip } from '../../src/data/sound/synth/soundSets.ts';
import { openFirefox } from './firefox.ts';
import { heardPart, likeness, peak, placeOf, rms } from './soundMeasures.ts';

const pulseAudio = findPulseAudio();
test.skip(pulseAudio === undefined, 'there is no PulseAudio to play into');

let loudspeaker: Awaited<ReturnType<typeof startLoudspeaker>> | undefined;
test.beforeAll(async () => {
  if (pulseAudio !== undefined) loudspeaker = await startLoudspeaker(pulseAudio);
});
test.afterAll(() => loudspeaker?.end());
const firefox = openFirefox(() => ({ PULSE_SERVER: loudspeaker?.server ?? '' }));

/** Presses a button that plays, and waits until the sound has come out. */
async function hear(what: string): Promise<Float32Array> {
  loudspeaker?.take();
  await firefox.click('button', `Play ${what}`);
  await firefox.page.waitForSelector(`::-p-aria([name="Stop ${what}"][role="button"])`);
  await firefox.page.waitForSelector(`::-p-aria([name="Play ${what}"][role="button"])`, { timeout: 20_000 });
  const parts: Float32Array[] = [];
  // What was given waits in the pipe for a while.
  for (let quiet = 0; quiet < 20; quiet++) {
    const part = loudspeaker?.take() ?? new Float32Array(0);
    parts.push(part);
    if (peak(part) > 0) quiet = 0;
    await wait(100);
  }
  return heardPart(joinFloats(parts));
}

test('gives the loudspeaker the pieces as they are shuffled, placed and true', async () => {
  test.setTimeout(180_000);
  const { page, statusText, complaints } = firefox;
  const settings = {
    'data.dataset': 'syllables',
    'model.width': '16',
    'model.depth': '1',
    'model.heads': '1',
    'optimiser.batch': '4',
    'optimiser.steps': '20',
  };
  await page.goto(`${process.env.PATCHWORK_URL}?${new URLSearchParams(settings)}`);
  await expect.poll(statusText, { timeout: 60_000 }).toMatch(/Ready step 0 of/);
  await firefox.click('button', 'Train');
  await expect.poll(statusText, { timeout: 60_000 }).toMatch(/^Finished/);

  const truth = await hear('the truth of sample 1');
  // A held-out clip of the set, sample by sample.
  const clips = Array.from({ length: 500 }, (_, i) => soundClip('syllables', 1, 'heldOut', i, 1.024).samples);
  const likest = clips
    .map((clip) => Float32Array.from(clip, (sample) => sample / 32_768))
    .reduce((best, clip) => (likeness(clip, truth) > likeness(best, truth) ? clip : best));
  expect(truth.length).toBe(16_384);
  expect(likeness(likest, truth)).toBeGreaterThan(0.9999);
  expect(rms(truth)).toBeGreaterThan(0.05);

  const shuffled = await hear('the shuffled pieces of sample 1');
  const placed = await hear('the placement of sample 1');
  const middles = Array.from({ length: 16 }, (_, i) => truth.subarray(1024 * i + 80, 1024 * (i + 1) - 80));
  const order = middles.map((middle) => Math.round((placeOf(middle, shuffled) - 80) / 1024));
  expect(order.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  expect(order).not.toEqual(order.toSorted((one, other) => one - other));
  expect(shuffled.length).toBe(16_384);

  // After twenty steps some pieces collide, and leave holes.
  const found = middles.filter((middle) => placeOf(middle, placed) >= 0);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(16);
  expect(Math.abs(likeness(placed, shuffled))).toBeLessThan(0.9);
  expect(Math.abs(likeness(placed, truth))).toBeLessThan(0.9);
  expect(complaints).toEqual([]);
});
