/** A sweep on the Compare page: it runs, is left and come back to, and goes home. */
import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

/** Steps of milliseconds. */
const TINY = {
  backend: 'wasm',
  'data.dataset': 'digits',
  'model.width': '16',
  'model.depth': '1',
  'model.heads': '1',
  'optimiser.batch': '4',
  'optimiser.steps': '4',
};

test('sweeps over a setting, comes back after a reload, and goes on', async ({ app, page }) => {
  const query = 'task.maskRatio=0,0.5,0.75&seeds=1&measures=scores,knn&baselines=random&labels.supervised.labelsPerClass=2';
  await page.goto(`./?${new URLSearchParams({ ...TINY, sweep: query })}#compare`);
  const sweep = app.region('Sweep');
  await expect(sweep.getByRole('textbox', { name: 'Values' })).toHaveValue('0, 0.5, 0.75');
  await expect(sweep).toContainText('3 points.');
  await sweep.getByRole('textbox', { name: 'Values' }).fill('0, 2');
  await sweep.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(sweep.getByRole('alert')).toContainText('Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "2".');
  await sweep.getByRole('textbox', { name: 'Values' }).fill('0, 0.5, 0.75');
  await sweep.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(sweep).toContainText(/Finished: 4 points measured\. Digits, WebAssembly/, { timeout: 60_000 });
  const table = sweep.getByRole('region', { name: 'Results of the sweep' });
  await expect(table.getByRole('row', { name: /^Random, frozen [\d.]+ % 1$/ })).toBeVisible();
  await expect(sweep.getByRole('img', { name: /over Mask ratio/ })).toBeVisible();

  const [file] = await Promise.all([page.waitForEvent('download'), sweep.getByRole('button', { name: 'Sweep as CSV' }).click()]);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^sweep,task\.maskRatio,baseline,step,measure,/);
  expect(await seriousProblems(page)).toEqual([]);
  for (const width of [1440, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(async () => (await overflow(page)).sideways).toBe(0);
  }

  await page.reload();
  await expect(sweep).toContainText(/4 points measured/);
  await sweep.getByRole('textbox', { name: 'Values' }).fill('0, 0.25');
  await sweep.getByRole('button', { name: 'Sweep', exact: true }).click();
  // The point of 0 and the baseline are there already.
  await expect(sweep).toContainText(/Finished: 3 points measured/, { timeout: 60_000 });
});
