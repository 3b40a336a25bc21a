/** Sounds are heard, and recorded: in a browser whose microphone plays a file. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';
import { soundClip } from '../../src/data/sound/synth/soundSets.ts';
import { wavFile } from '../../src/data/sound/wavFile.ts';
import { type App, expect, test } from './app.ts';
import { seriousProblems } from './axe.ts';
import { photo } from './pictures.ts';

const SOUND = path.join(mkdtempSync(path.join(tmpdir(), 'patchwork-')), 'spoken.wav');
writeFileSync(SOUND, wavFile(soundClip('syllables', 3, 'train', 0, 4.096).samples, 16_000));
const executablePath = findChromium();

test.use({
  permissions: ['microphone'],
  launchOptions: {
    args: [
      ...CHROMIUM_ARGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${SOUND}`,
    ],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
});

async function open(app: App, more: Record<string, string> = {}): Promise<void> {
  await app.open({ 'data.dataset': 'syllables', 'optimiser.steps': '20', ...more });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
}

test('plays a puzzle and saves what was played', async ({ app, page }) => {
  await open(app);
  const board = app.region('Board');
  await board.getByRole('button', { name: 'Play the truth of sample 1' }).click();
  await expect(board.getByRole('button', { name: 'Stop the truth of sample 1' })).toBeVisible();
  await expect(page.locator('.lit-piece')).toBeVisible();
  // It comes to its end by itself.
  await expect(board.getByRole('button', { name: 'Play the truth of sample 1' })).toBeVisible();
  await expect(board.getByRole('status')).toHaveText('Sample 1, the truth');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    board.getByRole('button', { name: 'Save the truth of sample 1 as WAV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('patchwork-the-truth-of-sample-1.wav');
  const bytes = readFileSync(await download.path());
  expect([bytes.toString('latin1', 0, 4), bytes.readUInt32LE(24)]).toEqual(['RIFF', 16_000]);
  expect(bytes.length).toBe(44 + 2 * 16_384);
  await board.getByRole('group', { name: 'Sample 1' }).focus();
  await page.keyboard.press('2');
  await expect(board.getByRole('status')).toContainText('Sample 1, the placement');
  expect(await seriousProblems(page)).toEqual([]);
});

test('plays what was painted, made up in a worker', async ({ app, page }) => {
  await open(app, { 'task.objective': 'mae' });
  const board = app.region('Board');
  // The first sound opens the sound card, which takes the browser a while of its own.
  await board.getByRole('button', { name: 'Play the original of sample 1' }).click();
  await expect(page.locator('.lit-piece')).toBeVisible();
  await expect(page.locator('.lit-piece')).toHaveCount(0);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await board.getByRole('button', { name: 'Play the prediction with the visible pieces of sample 1' }).click();
  await expect(board.getByRole('status')).toContainText('its phase is made up');
  await expect(page.locator('.lit-piece')).toBeVisible();
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  expect(Math.max(0, ...tasks)).toBeLessThan(100);
});

test('leaves the space bar to training while a row has the focus', async ({ app, page }) => {
  await app.open({ 'data.dataset': 'syllables' });
  await app.region('Board').getByRole('group', { name: 'Sample 2' }).focus();
  await page.keyboard.press('Space');
  await expect(app.status).toHaveText(/^Training|^Running/);
  await page.keyboard.press('Space');
  await expect(app.status).toHaveText(/^Paused/);
});

test('records from the microphone, and learns from the recording', async ({ app }) => {
  await app.open({ 'data.dataset': 'syllables' });
  const data = app.region('Data');
  await data.getByRole('button', { name: 'Record' }).click();
  await expect(data.getByText(/^(?:[4-9]|\d\d) of 60 s$/)).toBeVisible();
  expect(await data.getByRole('meter').count()).toBe(1);
  await data.getByRole('button', { name: 'Stop' }).click();
  await expect(data.getByRole('button', { name: 'Record' })).toBeVisible();
  // Four seconds of speech at least: some clips.
  await expect(data).toContainText(/\b[2-9] clips/);
  await expect(app.region('Board').getByRole('button', { name: 'Play the truth of sample 1' })).toBeVisible();
});

test('asks with a recording for what belongs to it, and with words beside it', async ({ app, page }) => {
  const small = { 'model.width': '32', 'model.heads': '2', 'optimiser.batch': '32', 'pair.senses': 'sound+text' };
  await app.open({ 'task.objective': 'contrastive', 'data.dataset': 'pairs', ...small });
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  const panel = app.region('Retrieval');
  await panel.scrollIntoViewIfNeeded();
  await panel.getByRole('radio', { name: 'your own' }).click();
  await panel.getByRole('button', { name: 'Record' }).click();
  await expect(panel.getByText('2 of 60 s')).toBeVisible();
  await panel.getByRole('button', { name: 'Stop' }).click();
  await expect(panel).toContainText('Asked with sound at step 1');
  await expect(panel.getByRole('region', { name: 'Nearest by text' }).getByRole('listitem')).toHaveCount(5);
  await expect(panel.getByRole('img', { name: 'Your sound, as the model sees it' })).toBeVisible();
  await panel.getByLabel('Caption').fill('a large seven');
  await expect(panel).toContainText('Asked with sound + text at step 1');
});

test('learns from sounds that are added, asks where pictures lie among them, and forgets what was played', async ({ app }) => {
  await open(app);
  const board = app.region('Board');
  await board.getByRole('button', { name: 'Play the truth of sample 1' }).click();
  await expect(board.getByRole('button', { name: 'Save the truth of sample 1 as WAV' })).toBeVisible();
  const sounds = Array.from({ length: 6 }, (_, index) => ({
    name: `word ${index}.wav`,
    mimeType: 'audio/wav',
    buffer: Buffer.from(wavFile(soundClip('syllables', 3, 'train', index, 1.024).samples, 16_000)),
  }));
  const files = app.page.getByLabel('Add files', { exact: true });
  const data = app.region('Data');
  await files.setInputFiles([
    { name: 'torn 1.wav', mimeType: 'audio/wav', buffer: Buffer.from('RIFF') },
    { ...sounds[0], name: 'torn 2.wav', buffer: sounds[0].buffer.subarray(0, 60) },
  ]);
  await expect(app.alert).toContainText('None of the files could be used');
  await files.setInputFiles([...sounds, { name: 'cat.jpg', mimeType: 'image/jpeg', buffer: await photo(7) }]);
  await expect(data).toContainText('Your files hold 1 picture and 6 sounds.');
  await expect(data).toContainText('6 clips, no labels');
  // Neither the words on other files nor the sound of another run are left.
  await expect(app.alert).toHaveCount(0);
  await expect(board.getByRole('button', { name: /^Save .* as WAV$/ })).toHaveCount(0);
  await expect(board.getByRole('button', { name: 'Play the truth of sample 1' })).toBeVisible();
  await data.getByRole('button', { name: 'Use the 1 picture' }).click();
  await expect(data).toContainText('1 image');
});
