/** Runs outlive the page: what comes back after a reload, in another tab, from the list of kept runs, and what does not. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { App, expect, test } from './app.ts';
import { isMeasured, isWritten, said, storedRuns, trainAndRest } from './keeping.ts';
import { makeFolder } from './pictures.ts';

const notice = (page: Page, text: string | RegExp) => page.locator('.notice').filter({ hasText: text });
const pausedAt = (step: number): RegExp => new RegExp(`^Paused step ${said(step)} of`);

test('comes back paused where it was, with curves and board, and goes on', async ({ app, page }) => {
  await app.open();
  const step = await trainAndRest(app, 30);
  const { positionAccuracy = 0 } = await isMeasured(page, step);
  await page.reload();
  await expect(app.status).toHaveText(pausedAt(step));
  await expect(notice(page, `Back at step ${said(step)}, as the page was left.`)).toContainText('Numbers go on bit for bit.');
  await expect.poll(async () => (await app.curves())[0]).toContain(`held-out ${(100 * positionAccuracy).toFixed(1)} %`);
  // Boards through time, not only the one of now.
  const time = page.getByRole('slider', { name: 'Training time' });
  await time.focus();
  await time.press('Home');
  await expect(app.region('Board').locator('.scrubber-step')).toHaveText('step 0');
  await app.button('Live').click();
  await app.button('Train').click();
  await app.reach(step + 5);
  // It has been read, or not.
  await expect(notice(page, 'Back at step')).toHaveCount(0);
});

test('comes back from the middle of training, and Start over can be undone', async ({ app, page }) => {
  // So long that it is not at its end before it is loaded again.
  await app.open({ 'optimiser.steps': '100000' });
  await app.button('Train').click();
  await isWritten(page, 1);
  const before = await app.step();
  await page.reload();
  await expect(app.status).toHaveText(/^Paused/);
  const step = await app.step();
  expect(step).toBeGreaterThan(0);
  await expect(notice(page, `Back at step ${said(step)}`)).toBeVisible();
  expect(before).toBeGreaterThan(0);
  await app.button('Start over').click();
  await app.isReady();
  await page.locator('.run-buttons').getByRole('button', { name: 'Undo' }).click();
  await expect(app.status).toHaveText(pausedAt(step));
});

test('lets no run take the place of what a link says, and offers it', async ({ app, page }) => {
  await app.open();
  const step = await trainAndRest(app, 10);
  await app.open({ 'model.width': '32' });
  const offer = notice(page, `MP3 on Digits, step ${said(step)} of`);
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Go on' }).click();
  await expect(app.status).toHaveText(pausedAt(step));
  await expect(page).toHaveURL(/model\.width=16/);
  await page.reload();
  await expect(app.status).toHaveText(pausedAt(step));
});

test('goes on in a second tab as a copy, while the first has the run', async ({ app, page, context }) => {
  await app.open();
  const step = await trainAndRest(app, 10);
  const other = new App(await context.newPage());
  await other.open();
  await other.page.getByRole('link', { name: 'Compare' }).first().click();
  await other.page.getByRole('button', { name: /^Go on with MP3 on Digits/ }).click();
  await expect(other.status).toHaveText(pausedAt(step));
  await expect(notice(other.page, 'Another tab has this run')).toBeVisible();
  const later = await trainAndRest(other, step + 1);
  const steps = async () => (await storedRuns(page)).map((run) => run.step).toSorted((a, b) => a - b);
  expect(await steps()).toEqual([step, later]);
  expect(other.complaints).toEqual([]);
});

test('writes nothing where the address says keep=off, and says so', async ({ app, page }) => {
  await app.open({ keep: 'off' });
  await expect(notice(page, 'Nothing of your runs is written in this browser')).toBeVisible();
  await expect(app.button('Keep off')).toHaveAttribute('aria-disabled', 'true');
  await app.button('Train').click();
  await app.reach(10);
  await app.button('Pause').click();
  await expect(app.status).toHaveText(/^Paused/);
  await expect.poll(async () => (await app.curves())[0]).toMatch(/held-out/);
  expect(await storedRuns(page)).toEqual([]);
  await expect(page).toHaveURL(/keep=off/);
  await page.reload();
  await app.isReady();
});

test('brings a run on own pictures back with them', async ({ app, page }, info) => {
  await app.open();
  await page.getByLabel('Add folder').setInputFiles(await makeFolder(info.outputPath()));
  await expect(app.region('Data')).toContainText('12 pictures');
  await app.isReady();
  const step = await trainAndRest(app, 5);
  await page.reload();
  await expect(app.status).toHaveText(pausedAt(step));
  await expect(app.region('Data')).toContainText(/hills|2 classes/);
  await app.button('Step').click();
  await expect(app.status).toHaveText(pausedAt(step + 1));
});

test('undoes to a run on own pictures from before a reload, whatever was opened in its place and became of its file', async ({
  app,
  page,
}, info) => {
  await app.open();
  const drawn = await trainAndRest(app, 5);
  await page.getByLabel('Add folder').setInputFiles(await makeFolder(info.outputPath()));
  await expect(app.region('Data')).toContainText('12 pictures');
  await app.isReady();
  const own = await trainAndRest(app, drawn + 5);
  await page.reload();
  await expect(app.status).toHaveText(pausedAt(own));
  const press = async (name: RegExp): Promise<void> => {
    await page.getByRole('link', { name: 'Compare' }).first().click();
    await app.region('Kept runs').getByRole('button', { name }).click();
  };
  await press(/^Go on with MP3 on Digits/);
  await expect(app.status).toHaveText(pausedAt(drawn));
  await press(/^Delete MP3 on (?!Digits)/);
  await page.getByRole('link', { name: 'Pretrain' }).first().click();
  await page.locator('.run-buttons').getByRole('button', { name: 'Undo' }).click();
  await expect(app.status).toHaveText(pausedAt(own));
  await expect(app.region('Data')).toContainText('11 images, 2 classes, 1 held out');
  await app.button('Step').click();
  await expect(app.status).toHaveText(pausedAt(own + 1));
  await isWritten(page, own + 1);
  expect(app.complaints).toEqual([]);
});

test('keeps a finished run as it is: going on with it makes another', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '20', 'optimiser.warmup': '5' });
  await app.button('Train').click();
  await expect(app.status).toHaveText('Finished step 20 of 20');
  await isWritten(page, 20);
  await expect(app.button('Kept')).toBeVisible();
  await page.getByRole('button', { name: 'Train 1,000 more steps' }).click();
  await isWritten(page, 21);
  const kept = (await storedRuns(page)).toSorted((a, b) => a.step - b.step);
  expect(kept).toMatchObject([{ step: 20, state: 'finished' }, { id: expect.not.stringMatching(kept[0]?.id ?? '') }]);
});

test('opens, copies, compares, saves and deletes kept runs', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open();
  const step = await trainAndRest(app, 10);
  await app.button('Keep').click();
  await expect(app.button('Kept')).toBeVisible();
  await page.getByRole('link', { name: 'Compare' }).first().click();
  const runs = app.region('Kept runs');
  const name = `MP3 on Digits, ${said(step)} steps`;
  const menu = async (run: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${run}`, exact: true }).click();
    await page.getByRole('button', { name: entry, exact: true }).click();
  };
  await menu(name, 'Duplicate');
  await expect(runs.getByRole('button', { name: `Rename ${name} (2)` })).toBeVisible();

  const [download] = await Promise.all([page.waitForEvent('download'), menu(name, 'Save as a file')]);
  expect(download.suggestedFilename()).toBe(`patchwork-mp3-digits-step${step}.patchwork`);
  const saved = readFileSync(await download.path());
  expect(saved.subarray(8, 400).toString()).toContain('patchwork.format');

  await menu(name, 'Copy link');
  await expect(notice(page, `It is of ${name}`)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('model.width=16');

  await page.getByRole('button', { name: 'Compare settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare settings' });
  await expect(dialog.getByRole('row')).not.toHaveCount(0);
  await page.keyboard.press('Escape');

  await runs.getByRole('button', { name: `Delete ${name} (2)` }).click();
  await expect(runs.getByRole('button', { name: `Rename ${name} (2)` })).toHaveCount(0);
  await notice(page, 'is deleted').getByRole('button', { name: 'Undo' }).click();
  await expect(runs.getByRole('button', { name: `Rename ${name} (2)` })).toBeVisible();

  await menu(name, 'Open and go on');
  await expect(app.status).toHaveText(pausedAt(step));
  const later = await trainAndRest(app, step + 1);
  // What was kept is as it was.
  const steps = (await storedRuns(page)).map((run) => run.step);
  expect(steps.toSorted((a, b) => a - b)).toEqual([step, step, step, later]);
});
