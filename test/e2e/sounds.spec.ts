/** Sounds from the loudspeaker's other side: odd files dropped with the mouse, Undo, and the pages after pretraining. */
import { writeFileSync } from 'node:fs';
import { soundClip } from '../../src/data/sound/synth/soundSets.ts';
import { wav } from '../data/sound/makeSounds.ts';
import { type App, expect, test } from './app.ts';
import { overflow } from './axe.ts';

/** Drops files where the mouse is, as a person does: the browser makes the events, and the entries in them. */
async function dropFiles({ page }: App, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
  await session.detach();
}

/** A tone that rises and falls, so that no piece is like another, as bytes of a WAV file. */
function rising(seconds: number, rate: number, channels: number, kind: 'int8' | 'int24' | 'float32'): Uint8Array {
  const size = { int8: 1, int24: 3, float32: 4 }[kind];
  const frames = Math.round(seconds * rate);
  const data = new Uint8Array(frames * channels * size);
  const view = new DataView(data.buffer);
  for (let i = 0; i < frames; i++) {
    const t = i / rate;
    const value = (0.5 + 0.4 * Math.sin(11 * t)) * Math.sin(2 * Math.PI * (300 + 120 * Math.sin(3 * t)) * t);
    for (let c = 0; c < channels; c++) {
      const at = (i * channels + c) * size;
      if (kind === 'float32') view.setFloat32(at, value, true);
      else if (kind === 'int8') view.setUint8(at, Math.round(128 + 127 * value));
      else {
        view.setUint16(at, Math.round(8_388_607 * value) & 0xffff, true);
        view.setInt8(at + 2, Math.round(8_388_607 * value) >> 16);
      }
    }
  }
  return wav({ channels, rate, bits: 8 * size, tag: kind === 'float32' ? 3 : 1, data });
}

test('takes odd files that are dropped, and loses nothing in silence', async ({ app }, info) => {
  const files = {
    'hour.wav': rising(3600, 8000, 1, 'int8'),
    'minutes.wav': rising(150, 8000, 1, 'int8'),
    'fast.wav': rising(12, 192_000, 1, 'int24'),
    'around.wav': rising(12, 48_000, 8, 'int24'),
    'float.wav': rising(12, 96_000, 2, 'float32'),
    'nine.wav': rising(1, 48_000, 9, 'int24'),
  };
  const paths = Object.entries(files).map(([name, bytes]) => {
    const path = info.outputPath(name);
    writeFileSync(path, bytes);
    return path;
  });
  await app.open({ 'data.dataset': 'syllables' });
  const begun = performance.now();
  await dropFiles(app, paths);
  const data = app.region('Data');
  await expect(data).toContainText('4 sounds make 100 clips of 1.024 s at most.', { timeout: 60_000 });
  console.log(`six odd files: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await expect(data).toContainText('1 sound makes more than 64 clips: 83 are left out, evenly.');
  await expect(data).toContainText('8 kHz files: bands end at 3.8 kHz.');
  await expect(data).toContainText('2 files not used');
  await expect(data).toContainText('is 60 minutes long: 30 are the most that is read. Cut it first.');
  await expect(data).toContainText('has 9 channels: 8 are the most that is read.');
});

test('undoes what files made of a run on sounds', async ({ app }) => {
  await app.open({ 'data.dataset': 'syllables', 'optimiser.steps': '20' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
  const data = app.region('Data');
  const sounds = Array.from({ length: 6 }, (_, index) => ({
    name: `word ${index}.wav`,
    mimeType: 'audio/wav',
    buffer: Buffer.from(wav({ data: new Uint8Array(soundClip('syllables', 3, 'train', index, 1.024).samples.buffer) })),
  }));
  await app.page.getByLabel('Add files', { exact: true }).setInputFiles(sounds);
  await expect(data).toContainText('6 clips, no labels');
  const undo = app.page.locator('.run-buttons').getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(data).toContainText('5,000 clips, 10 classes');
  await expect(app.status).toHaveText(/step 20 of 20/, { timeout: 45_000 });
  await expect(app.region('Board').getByRole('button', { name: 'Play the truth of sample 1' })).toBeVisible();
});

test('keeps runs on sounds, and asks whether they were worth it', async ({ app, page }) => {
  await app.open({ 'data.dataset': 'syllables', 'optimiser.steps': '20' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
  await expect(app.button('Kept')).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Compare' }).click();
  const row = app.region('Kept runs').getByRole('row', { name: /^Compare MP3 on Syllables, 20 steps/ });
  await row.getByRole('checkbox').check();
  await expect(page.getByRole('combobox', { name: 'Labelled data' })).toHaveText('Syllables');
  const study = app.region('Was it worth it?');
  await study.getByRole('checkbox', { name: '50', exact: true }).uncheck();
  for (const [name, value] of [
    ['Seeds', '1'],
    ['Steps', '4'],
  ]) {
    const box = study.getByRole('spinbutton', { name: `${name}, exact value`, exact: true });
    await box.fill(value);
    await box.press('Enter');
  }
  await app.button('Was it worth it?').click();
  await expect(study).toContainText(/Finished: \d+ of \d+ results\. Syllables, 500 test sounds, WebAssembly/, {
    timeout: 60_000,
  });
  const table = study.getByRole('region', { name: 'Accuracy and cost of every contender' });
  await expect(table.getByRole('row', { name: /^From scratch 10 fine-tune [\d.]+/ })).toBeVisible();
  await expect(study).not.toContainText(/picture|image/i);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Fine-tune' }).click();
  await expect(page.getByRole('heading', { name: 'Fine-tune', exact: true })).toBeVisible();
  // "Pictures, sounds or texts" is what there is to choose from.
  await expect(page.getByRole('main')).not.toContainText(/(?<!from, )picture|image/i);
});

test('fits sounds into phones', async ({ app, page }) => {
  await app.open({ 'data.dataset': 'syllables', 'optimiser.steps': '20' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: Math.round((844 * width) / 390) });
    await expect.poll(() => overflow(page).then(({ sideways }) => sideways), `${width} px`).toBeLessThanOrEqual(0);
  }
});

test('has room for every setting of sounds on a laptop', async ({ app, page }) => {
  for (const objective of ['mp3', 'mae', 'data2vec', 'supervised']) {
    await app.open({ 'data.dataset': 'syllables', 'task.objective': objective });
    const hidden = await page.locator('.column.settings').evaluate((column) => column.scrollHeight - column.clientHeight);
    expect(hidden, objective).toBe(0);
  }
});
