import { expect, test } from './app.ts';

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
});

test('trains on plain JavaScript when asked to', async ({ app }) => {
  await app.open({ backend: 'cpu', 'optimiser.batch': '2' });
  await app.button('Train').click();
  await app.reach(2);
});
