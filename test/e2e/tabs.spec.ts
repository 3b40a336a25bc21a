/** Several tabs of one browser, which share its database of kept runs. */
import type { Page } from '@playwright/test';
import { App, expect, test } from './app.ts';

/** A run that has learned a little, and rests. */
async function trainALittle(app: App, width: string): Promise<void> {
  await app.open({ 'model.width': width });
  await app.button('Train').click();
  await app.reach(3);
  await app.button('Pause').click();
  await expect(app.button('Keep')).toBeVisible();
}

async function keptRuns(page: Page, app: App): Promise<string[]> {
  await page.getByRole('link', { name: 'Compare' }).first().click();
  const boxes = app.region('Kept runs').getByRole('checkbox', { name: /^Compare / });
  await expect(boxes.first()).toBeVisible();
  return boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label') ?? ''));
}

test('two tabs that keep a run at once keep both, and see both', async ({ app, page, context }) => {
  const other = new App(await context.newPage());
  await trainALittle(app, '16');
  await trainALittle(other, '32');
  await Promise.all([app, other].map((tab) => tab.button('Keep').click()));
  await Promise.all([app, other].map((tab) => expect(tab.button('Kept')).toBeVisible()));
  for (const tab of [app, other]) {
    await tab.page.bringToFront();
    await expect.poll(async () => (await keptRuns(tab.page, tab)).length).toBe(2);
  }
  await page.bringToFront();
  await page.reload();
  await expect.poll(async () => (await keptRuns(page, app)).length).toBe(2);
  expect(other.complaints).toEqual([]);
});

test('makes way for a tab that changes the database, and opens it again', async ({ app, page, context }) => {
  await trainALittle(app, '16');
  await app.button('Keep').click();
  await expect(app.button('Kept')).toBeVisible();
  // Another tab wants the database: this one must let go of it, or it waits for ever.
  const other = await context.newPage();
  await other.goto('./');
  const outcome = await other.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.deleteDatabase('patchwork-keeping');
        request.onsuccess = () => resolve('done');
        request.onerror = () => resolve('failed');
        setTimeout(() => resolve('blocked'), 10_000);
      }),
  );
  expect(outcome).toBe('done');
  await other.close();
  await page.bringToFront();
  await app.button('Train').click();
  const then = await app.step();
  await app.reach(then + 3);
  await app.button('Pause').click();
  await app.button('Keep').click();
  await expect(app.button('Kept')).toBeVisible();
  await page.reload();
  await expect.poll(async () => (await keptRuns(page, app)).length).toBe(1);
});
