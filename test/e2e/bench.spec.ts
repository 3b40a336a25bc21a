import { expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

test('measures this machine beside stock TensorFlow.js while training waits', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '10000' });
  await app.button('Train').click();
  await app.reach(3);
  await page.getByRole('link', { name: 'Bench' }).click();
  await expect(page.getByRole('heading', { name: 'Bench' })).toBeFocused();
  await expect(page.getByRole('checkbox', { name: /^tiny/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'WebAssembly' })).toBeChecked();
  await page.getByRole('radio', { name: '1', exact: true }).click();
  await expect(page.getByText(/^Takes about .* seconds/)).toBeVisible();
  await app.button('Start').click();
  await expect(app.status).toHaveText(/^Paused/);
  const paused = await app.step();
  await expect(page.getByRole('progressbar', { name: 'Measuring tiny' })).toBeVisible();

  const result = page.getByRole('region', { name: /^tiny on WebAssembly/ });
  await expect(result).toBeVisible({ timeout: 90_000 });
  await expect(result.getByRole('row', { name: /^Patchwork [\d.]+/ })).toBeVisible();
  await expect(result.getByRole('row', { name: /^stock TensorFlow\.js [\d.]+.* 1\.0 ×$/ })).toBeVisible();
  await expect(result).toContainText(/Losses of steps 1, 5, 20 (differ by \S+ at most|are equal)/);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.button('Copy as JSON').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const rows = copied.split('\n').map((line): unknown => JSON.parse(line));
  expect(rows).toMatchObject([{ event: 'machine' }, { contender: 'patchwork', config: 'tiny' }, { contender: 'stock tfjs' }]);

  await page.getByRole('link', { name: 'Back to the run' }).click();
  await app.reach(paused + 3);
});

test('stops at once, and leaves the run as it was', async ({ app, page }) => {
  await app.open();
  await app.button('Step').click();
  await expect(app.status).toHaveText(/^Paused step 1 of/);
  // The board of where it stopped comes after it has.
  await expect(app.region('Board')).toContainText('step 1');
  const board = await app.region('Board').getByRole('group').first().textContent();
  await page.getByRole('link', { name: 'Bench' }).click();
  await page.getByRole('checkbox', { name: /^base/ }).check();
  await expect(page.getByText(/^Takes about \d+ minutes/)).toBeVisible();
  await app.button('Start').click();
  await expect(page.getByText(/comparing losses|preparing/)).toBeVisible({ timeout: 30_000 });
  await app.button('Stop').click();
  await expect(app.button('Start')).toBeVisible();
  await expect(page.getByText('Nothing is measured yet.')).toBeVisible();
  await page.goBack();
  await expect(app.status).toHaveText(/^Paused step 1 of/);
  await expect(app.region('Board').getByRole('group').first()).toHaveText(String(board));
});

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`has nothing that axe finds serious at ${size.width} x ${size.height}`, async ({ app, page }) => {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('./?backend=wasm#bench');
      await expect(page.getByText(/WebGPU adapter|offers no adapter/)).toBeVisible();
      expect(await seriousProblems(page)).toEqual([]);
      expect((await overflow(page)).sideways).toBeLessThanOrEqual(0);
    }
    expect(app.complaints).toEqual([]);
  });
}
