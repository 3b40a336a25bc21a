/** A picture, a sound and a caption of one thing: what the page shows of runs on several senses. */
import { expect, test } from './app.ts';
import { overflow } from './axe.ts';

const SMALL = { 'data.dataset': 'pairs', 'model.width': '32', 'model.depth': '1', 'model.heads': '2', 'optimiser.batch': '32' };

test('brings senses together, and tells who finds whom', async ({ app, page }) => {
  await app.open({ 'task.objective': 'contrastive', ...SMALL });
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('img', { name: /Cosines of picture and sound: of 6 samples/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /Cosines of sound and text/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play the sound of sample 1' })).toBeVisible();
  const found = page.getByRole('table', { name: 'The nearest one of another sense' });
  await expect(found.getByRole('row')).toHaveCount(7);
  await expect(page.getByText('chance 0.4 % itself')).toBeVisible();
  expect((await overflow(page)).sideways).toBe(0);
});

test('switches senses off with keys alone, and keeps the last one on', async ({ app, page }) => {
  await app.open({ 'task.objective': 'robust', 'robust.labelsPerClass': '5', ...SMALL });
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  const board = page.getByRole('group', { name: 'Switchboard' });
  await board.getByRole('button', { name: 'Picture' }).focus();
  await expect(board).toContainText('shown picture + sound + text: added');
  await page.keyboard.press('1');
  await expect(board).toContainText('shown sound + text: transfer');
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await expect(board).toContainText('One sense stays on');
  await expect(board.getByRole('button', { name: 'Text' })).toHaveAttribute('aria-pressed', 'true');
});
