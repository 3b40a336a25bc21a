/** Charts: values at the cursor, the step that the board shows, what changed in the run, scale and size, and what they cost. */
import type { Locator, Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { seriousProblems } from './axe.ts';

const cursorOf = (app: App, title: string): Locator => app.page.getByRole('slider', { name: `Values of ${title}`, exact: true });

/** A run that is over, with its charts drawn to the end: nothing but the test changes them. */
async function finish(app: App): Promise<void> {
  await app.open({ 'optimiser.steps': '60' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  for (const title of ['Position accuracy', 'Loss, nats']) {
    await expect(cursorOf(app, title)).toHaveAttribute('aria-valuemax', '60');
    await expect(cursorOf(app, title)).toHaveAttribute('aria-valuetext', /held-out \d[\d.]*( %)?$/);
  }
}

test('tells the values under the pointer, and by touch', async ({ app, page }) => {
  await finish(app);
  const cursor = cursorOf(app, 'Position accuracy');
  const box = page.locator('.chart-values-box');
  await expect(box).toHaveCount(0);
  await cursor.hover({ position: { x: 120, y: 40 } });
  await expect(box).toHaveText(/^step \d+.*train \d+\.\d % .*held-out \d+\.\d %/);
  const here = await box.textContent();
  await cursor.hover({ position: { x: 60, y: 40 } });
  await expect(box).not.toHaveText(String(here));
  await page.mouse.move(5, 5);
  await expect(box).toHaveCount(0);
  // A finger that was lifted leaves the values where they are.
  await cursor.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: (await cursor.boundingBox())?.x ?? 0 });
  await cursor.dispatchEvent('pointerout', { pointerType: 'touch' });
  await expect(box).toBeVisible();
});

test('tells them by keyboard: arrows move, Escape leaves', async ({ app, page }) => {
  await finish(app);
  const cursor = cursorOf(app, 'Loss, nats');
  await cursor.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^step 0: .*held-out \d/);
  await page.keyboard.press('ArrowRight');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^step 1: train \d\.\d\d \(smoothed\), held-out/);
  await expect(page.locator('.chart-values-box')).toContainText('step 1');
  await page.keyboard.press('End');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^step 60: /);
  await page.keyboard.press('Escape');
  await expect(page.locator('.chart-values-box')).toHaveCount(0);
});

test('marks the step of an earlier board on the curves, and says what stays live', async ({ app, page }) => {
  await finish(app);
  const pins = app.region('Curves').locator('[data-pin]');
  await expect(pins).toHaveCount(0);
  await page.getByRole('slider', { name: 'Training time' }).focus();
  await page.keyboard.press('Home');
  await expect(pins).toHaveCount(2);
  await expect(pins.first()).toHaveAttribute('data-pin', '0');
  await expect(app.region('Curves')).toContainText(/step 0: held-out \d/);
  for (const name of ['Mask ratio explorer', 'Position confusion', 'Attention locality', 'Task', 'Optimiser']) {
    await expect(app.region(name)).toContainText('live: step 60');
  }
  await app.button('Live').click();
  await expect(pins).toHaveCount(0);
  await expect(page.getByText('live: step')).toHaveCount(0);
});

test('marks where a setting changed, and says the mask ratio of an earlier board', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '100000' });
  await app.button('Train').click();
  await app.reach(30);
  await page.getByRole('slider', { name: 'Mask ratio', exact: true }).focus();
  await page.keyboard.press('End');
  const mark = app.region('Curves').locator('[data-mark^="mask ratio 0 → 0.95 at step"]');
  // On both charts.
  await expect(mark).toHaveCount(2);
  await app.button('Pause').click();
  await expect(app.status).toHaveText(/^Paused/);
  const step = Number(/step ([\d,]+)/.exec((await mark.first().getAttribute('data-mark')) ?? '')?.[1]?.replaceAll(',', ''));
  expect(step).toBeGreaterThanOrEqual(30);
  expect((await app.curves())[0]).toContain('mask ratio 0 → 0.95');
  const cursor = cursorOf(app, 'Loss, nats');
  await cursor.focus();
  // From the nearer end: a fast machine, and one that pauses late, may have done a thousand steps on either side.
  const [end, arrow] = step < (await app.step()) / 2 ? ['Home', 'ArrowRight'] : ['End', 'ArrowLeft'];
  await page.keyboard.press(end);
  for (let i = 0; i < 4000 && !/→/.test((await cursor.getAttribute('aria-valuetext')) ?? ''); i++)
    await page.keyboard.press(arrow);
  await expect(page.locator('.chart-values-box')).toContainText('mask ratio 0 → 0.95');
  await page.getByRole('slider', { name: 'Training time' }).focus();
  await page.keyboard.press('Home');
  await expect(app.region('Board')).toContainText('drawn at mask ratio 0');
});

test('enlarges, with a log scale, and gives the focus back', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await finish(app);
  const opener = app.button('Enlarge: Loss, nats');
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Loss, nats' });
  await expect(dialog.getByRole('img')).toBeVisible();
  const drawing = await dialog.getByRole('img').boundingBox();
  expect(drawing?.width).toBeGreaterThan(1200);
  const upright = dialog.locator('text[text-anchor=end]');
  const linear = await upright.allTextContents();
  expect(linear).toContain('0');
  await dialog.getByRole('button', { name: 'Log scale: Loss, nats' }).click();
  await expect(upright.filter({ hasText: /^0$/ })).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await seriousProblems(page)).toEqual([]);
  // The first Escape leaves the values, the second the dialog.
  await dialog.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.chart-values-box')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.chart-values-box')).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expect(app.button('Log scale: Loss, nats')).toHaveAttribute('aria-pressed', 'true');
});

/** How often the drawing of a chart changes in a second. */
async function changesPerSecond(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const drawing = document.querySelector('.curves-panel .chart-drawing');
    let changes = 0;
    let last = 0;
    const observer = new MutationObserver(() => {
      // A drawing that is replaced in parts within a moment has changed once.
      if (performance.now() - last > 100) changes++;
      last = performance.now();
    });
    if (drawing !== null) observer.observe(drawing, { subtree: true, childList: true, attributes: true });
    await new Promise((resolve) => setTimeout(resolve, 4000));
    observer.disconnect();
    return drawing === null ? Number.NaN : changes / 4;
  });
}

test('draws charts at most twice a second, and not at all out of sight', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await app.open({ 'optimiser.steps': '100000' });
  await app.region('Curves').scrollIntoViewIfNeeded();
  await app.button('Train').click();
  await app.reach(20);
  const seen = await changesPerSecond(page);
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThanOrEqual(2.1);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const before = await app.step();
  // The browser tells the page that it is out of sight, and the last drawing may be under way.
  await expect.poll(() => changesPerSecond(page), { timeout: 30_000 }).toBe(0);
  await app.reach(before + 1);
  await app.region('Curves').scrollIntoViewIfNeeded();
  expect(await changesPerSecond(page)).toBeGreaterThan(0);
});
