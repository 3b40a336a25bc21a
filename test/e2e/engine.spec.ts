import { expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

test('does not take a software adapter by itself, and says so', async ({ app, page }) => {
  await app.open({ backend: 'auto' });
  const chip = page.getByRole('button', { name: /^Engine: WebAssembly/ });
  await chip.click();
  await expect(page.getByRole('dialog', { name: 'Engine' })).toContainText(/software|no graphics adapter/);
});

test('runs on WebGPU when asked to', async ({ app, page }) => {
  await app.open({ backend: 'webgpu' });
  await expect(page.getByRole('button', { name: /^Engine: WebGPU/ })).toBeVisible();
  await app.button('Step').click();
  await expect(app.status).toHaveText(/^Paused step 1 of/, { timeout: 45_000 });
  await page.getByRole('button', { name: /^Engine/ }).click();
  await app.button('Measure one step').click();
  await expect(page.getByRole('row', { name: /^AdamW/ }).first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole('columnheader', { name: 'GFLOP/s' })).toBeVisible();
});

test('computes on what is chosen, 16-bit activations too, and goes on with the run', async ({ app, page }) => {
  await app.open({ backend: 'wasm', 'model.depth': '2' });
  await app.button('Train').click();
  await app.reach(5);
  await page.getByRole('button', { name: /^Engine/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Engine' });
  const load = dialog.getByRole('button', { name: 'Load the page on it' });
  await expect(load).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('combobox', { name: 'Compute on' }).click();
  await page.getByRole('option', { name: 'WebGPU, 16-bit activations' }).click();
  expect(await seriousProblems(page)).toEqual([]);
  await load.click();
  await expect(page.getByRole('button', { name: /^Engine: WebGPU.*, 16-bit activations/ })).toBeVisible({ timeout: 45_000 });
  const address = new URL(page.url()).searchParams;
  expect([address.get('backend'), address.get('model.depth')]).toEqual(['webgpu-f16', '2']);
  await expect.poll(() => app.step(), { timeout: 45_000 }).toBeGreaterThanOrEqual(5);
  const step = await app.step();
  await app.button('Step').click();
  await app.reach(step + 1);
  await page.getByRole('button', { name: /^Engine/ }).click();
  await expect(dialog).toContainText('kept in 16 bits, as asked');
  await expect(dialog.getByRole('combobox', { name: 'Compute on' })).toHaveText('WebGPU, 16-bit activations');
});

test('tells what the kernels of a step cost, by keyboard too', async ({ app, page }) => {
  await app.open();
  await app.button('Train').click();
  await app.reach(3);
  await page.getByRole('button', { name: /^Engine/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Engine' });
  await dialog.getByRole('button', { name: 'Measure one step' }).press('Enter');
  await expect(dialog.getByRole('row', { name: /^AdamW 1 / })).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByRole('row', { name: /^everything else/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^all of step/ })).toBeVisible();
  await expect(dialog).toContainText('Training waits meanwhile');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // What trained goes on by itself once the measurement is done.
  const measured = await app.step();
  await app.reach(measured + 3);
});

test('shows what the kernels cost on a phone, without scrolling sideways', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await page.getByRole('button', { name: /^Engine/ }).click();
  await app.button('Measure one step').click();
  await expect(page.getByRole('row', { name: /^AdamW/ })).toBeVisible({ timeout: 30_000 });
  const table = page.getByRole('region', { name: 'Time of each kernel' });
  expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  expect((await overflow(page)).sideways).toBeLessThanOrEqual(0);
  expect(await seriousProblems(page)).toEqual([]);
});

test('goes on from its last snapshot after the GPU process is killed', async ({ app, page, browser }) => {
  // Kernels are compiled twice: all the waits below together may take longer than other tests.
  test.slow();
  await app.open({ backend: 'webgpu' });
  await app.button('Train').click();
  // The first snapshot is taken after 50 steps at the latest.
  await app.reach(60);
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const gpu = processInfo.find(({ type }) => type === 'GPU');
  process.kill(Number(gpu?.id), 'SIGKILL');

  const notice = page.getByText(/graphics device was lost .* goes on from step \d+, its last snapshot/);
  await expect(notice).toBeVisible({ timeout: 45_000 });
  const snapshot = Number(/from step (\d+)/.exec((await notice.textContent()) ?? '')?.[1]);
  expect(snapshot).toBeGreaterThan(0);
  await expect(app.status).toHaveText(/^Training step/, { timeout: 45_000 });
  expect(await app.step()).toBeGreaterThanOrEqual(snapshot);
  await app.reach(snapshot + 20);
  await expect(app.button('Pause')).toBeVisible();
  // What was drawn went away with the GPU process.
  for (const name of ['Sample 1: the truth', /of the training pictures$/]) {
    await expect.poll(() => page.getByRole('img', { name }).evaluate(isBlank)).toBe(false);
  }
});

function isBlank(canvas: HTMLElement): boolean {
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  return data.every((value) => value === 0);
}

test('trains on plain JavaScript when asked to', async ({ app }) => {
  await app.open({ backend: 'cpu', 'optimiser.batch': '2' });
  await app.button('Train').click();
  await app.reach(2);
});
