/** The page of papers: a card runs, is left and come back to, goes on after a reload, and is linked to. */
import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

/** What trains a labelled model from nothing first, for some seconds, and then reads a random one. */
const FIGURE = 'mae-mask-ratio';

test('repeats a figure of a paper, over other pages and a reload', async ({ app, page }) => {
  await app.open();
  await page.getByRole('link', { name: 'Papers', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Papers', exact: true })).toBeFocused();
  for (const name of ['MP3', 'MAE', 'data2vec 2.0', 'Self-distillation', 'Robustness'])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /six are masked/ })).toBeVisible();

  const card = page.locator(`[data-figure="${FIGURE}"]`);
  await card.getByRole('button', { name: 'Run quick' }).click();
  await expect(card.getByRole('img', { name: /Accuracy over Mask ratio/ })).toBeVisible();
  await expect(card).toContainText(/1 of \d+: From scratch/, { timeout: 60_000 });
  // One at a time.
  await expect(page.getByRole('button', { name: 'Run quick' }).last()).toBeDisabled();
  await card.getByRole('button', { name: 'Skip this point' }).click();
  await expect(card).toContainText(/1 point measured, 1 skipped/, { timeout: 60_000 });

  // It goes on while another page is looked at.
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByRole('link', { name: 'Papers is measuring' }).click();
  await expect(card.getByRole('button', { name: 'Pause' })).toBeVisible();

  await page.goto(`./?backend=wasm#papers?figure=${FIGURE}`);
  await page.reload();
  await expect(card.getByRole('button', { name: 'How much to hide' })).toBeFocused();
  await expect(card).toContainText(/Paused: [1-9]\d* points? measured, 1 skipped\. Scenes, WebAssembly/);
  await card.getByRole('button', { name: 'Go on with the run' }).click();
  await expect(card).toContainText(/Mask ratio 0\.\d+, seed 1: pretraining/, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card).toContainText('cannot be told');

  const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: 'CSV' }).click()]);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^sweep,[^\n]*baseline,[^\n]*\nMAE,+random,+linear,/);
});

test('works through the members of ensembles one by one, and keeps finished ones over a reload in the middle', async ({
  app,
  page,
}) => {
  await app.open();
  await page.goto('./?backend=wasm#papers?figure=mp3-ensemble');
  const card = page.locator('[data-figure="mp3-ensemble"]');
  await card.getByRole('button', { name: 'Run quick' }).click();
  await expect(card).toContainText(/1 of 4: MP3, seed 1: pretraining/, { timeout: 60_000 });
  await expect(card).toContainText(/2 of 4: MAE, seed 1: pretraining/, { timeout: 90_000 });

  await page.reload();
  await expect(card).toContainText('Paused: 1 point measured. Scenes, WebAssembly');
  const levels = card.getByRole('img', { name: /^Accuracy: MP3 [\d.]+ %; MAE not run; MP3 with MAE not run;/ });
  const found = await levels.getAttribute('aria-label');
  await card.getByRole('button', { name: 'Go on with the run' }).click();
  await expect(card).toContainText(/1 of 3: MAE, seed 1: pretraining/, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Skip this point' }).click();
  await expect(card).toContainText(/1 of 2: MP3 again, seed 1: pretraining/, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card).toContainText('Paused: 1 point measured, 1 skipped');
  await expect(levels).toHaveAttribute('aria-label', found ?? '');
});

test('fits every width, by keyboard and screen reader, and says where a link leads to nothing', async ({ page }) => {
  await page.goto(`./?backend=wasm#papers?figure=${FIGURE}`);
  const title = page.getByRole('button', { name: 'How much to hide' });
  await expect(title).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('img', { name: /Accuracy over Mask ratio/ })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  for (const width of [1440, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(async () => (await overflow(page)).sideways).toBe(0);
  }
  await title.press('Enter');
  await expect(title).toHaveAttribute('aria-expanded', 'false');
  await page.goto('./?backend=wasm#papers?figure=nothing');
  await expect(page.getByRole('alert').filter({ hasText: 'not here: nothing' })).toBeVisible();
});

test('names each line once: at its end where names fit, else below the chart', async ({ page }) => {
  await page.goto('./?backend=wasm#papers?figure=robust-contrastive');
  const card = page.locator('[data-figure="robust-contrastive"]');
  const chart = card.locator('.card-chart');
  for (const [width, ends, below] of [
    [1440, 2, 0],
    [390, 0, 2],
    [1440, 2, 0],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await expect(chart.locator('[data-name]'), `ends at ${width} px`).toHaveCount(ends);
    await expect(chart.locator('.legend li'), `legend at ${width} px`).toHaveCount(below);
    await expect(chart.getByText('Fine-tuned, missing, over alpha', { exact: true })).toHaveCount(1);
  }
  // Over the whole page there is room again.
  await page.setViewportSize({ width: 1000, height: 900 });
  await expect(chart.locator('.legend li')).toHaveCount(2);
  await chart.getByRole('button', { name: 'Enlarge' }).click();
  await expect(page.getByRole('dialog').locator('[data-name]')).toHaveCount(2);
});

test('fills a wide card with its numbers, and a phone without scrolling', async ({ page }) => {
  await page.goto('./?backend=wasm#papers?figure=robust-contrastive');
  const card = page.locator('[data-figure="robust-contrastive"]');
  await card.getByText('Numbers', { exact: true }).click();
  const tables = card.locator('.card-numbers table');
  await expect(tables).toHaveCount(2);
  const places = () =>
    card.evaluate((element) => {
      const [left, right] = [...element.querySelectorAll('.card-numbers table')].map((table) => table.getBoundingClientRect());
      const body = element.querySelector('.card-body')?.getBoundingClientRect();
      return { level: (right?.top ?? 0) - (left?.top ?? 0), free: (body?.right ?? 0) - (right?.right ?? 0) };
    });
  await expect.poll(places).toEqual({ level: 0, free: 0 });
  await expect(tables.getByRole('row')).toHaveCount(24);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(async () => (await places()).level).toBeGreaterThan(100);
    await expect(card.locator('.card-numbers [data-scrolls]'), `at ${width} px`).toHaveCount(0);
  }
});
