/** A picture, a sound and a caption of one thing: what the page shows of runs on several senses. */
import { expect, test } from './app.ts';
import { overflow } from './axe.ts';
import { drop } from './drop.ts';
import { photo } from './pictures.ts';

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
  const attention = app.region('Attention locality');
  await expect(attention).toContainText('mean of 128 held-out pictures; dashed: spread evenly, 2.01 patches');
  await attention.getByRole('radio', { name: 'Sound', exact: true }).click();
  await expect(attention).toContainText('held-out sounds; dashed: spread evenly, 8.32 pieces, 266 ms');
  await expect(attention.getByRole('radio', { name: /^Layer 1, head 2: [\d.]+ pieces/ })).toBeVisible();
  await expect(attention).toContainText(/looks [\d.]+ pieces, .* ms away/);
  await attention.getByRole('radio', { name: 'Text', exact: true }).click();
  await expect(attention).toContainText(/words away/);
  expect((await overflow(page)).sideways).toBe(0);
});

test('finds things of other senses by words that one types, and by a picture that one drops', async ({ app, page }) => {
  await app.open({ 'task.objective': 'contrastive', 'pair.senses': 'picture+text', ...SMALL });
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  const panel = app.region('Retrieval');
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('Asked with picture at step 1');
  await panel.getByRole('radio', { name: 'your own' }).click();
  await panel.getByLabel('Caption').fill('a small xylophone');
  await expect(panel).toContainText('left out: xylophone');
  await expect(panel.getByRole('region', { name: 'Nearest by picture' }).getByRole('listitem')).toHaveCount(5);
  await drop(app, [{ name: 'sun.jpg', buffer: await photo(1) }]);
  await expect(panel).toContainText('Asked with picture + text');
  await expect(panel).toContainText('sun.jpg');
  await panel.getByRole('button', { name: 'Leave your picture out' }).click();
  await expect(panel).toContainText('Asked with text');
});

test('tests every subset from a run under way, and opens the model of a cell', async ({ app, page }) => {
  await app.open({ 'task.objective': 'contrastive', 'pair.senses': 'picture+text', ...SMALL });
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(app.status).toContainText('step 1 of');
  await page.getByRole('link', { name: 'Compare' }).click();
  const panel = app.region('Robustness study');
  for (const name of [/^FT/, /^MASD:/, /^MASD\*/, /^Random/, /^From scratch/]) await panel.getByLabel(name).uncheck();
  await panel.getByRole('button', { name: 'Robustness study', exact: true }).click();
  await expect(panel).toContainText('Finished: 3 of 3 models', { timeout: 90_000 });
  const cell = panel.locator('[data-cell="0,1"]');
  await cell.focus();
  await page.keyboard.press('Enter');
  const board = panel.getByRole('group', { name: 'Switchboard' });
  await expect(board).toBeFocused();
  const share = await cell.textContent();
  await expect(board).toContainText(`Labels for picture, shown text: transfer; right in ${share} % of 1000 test samples.`);
  await page.keyboard.press('1');
  await expect(board).toContainText('shown picture + text: added');
  await page.keyboard.press('ArrowRight');
  await expect(board).toContainText('Sample 2 of 48');
  await panel.getByRole('radio', { name: 'R against P' }).click();
  await expect(panel.getByRole('img', { name: /^Performance and robustness in percent/ })).toBeVisible();
  await panel.getByRole('radio', { name: 'best tested' }).click();
  await expect(panel).toContainText('best with all senses');
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
  await page.keyboard.press('ArrowLeft');
  await expect(board).toContainText('Sample 24 of 24');
  await page.keyboard.press('f');
  await expect(board.getByRole('radio', { name: 'only fusion is right' })).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('f');
  await page.keyboard.press('f');
  const caption = board.locator('[data-sense=text] q');
  const before = await caption.textContent();
  // Other words: what the model of now was asked about.
  await board.getByRole('slider', { name: 'Noise, text' }).focus();
  await page.keyboard.press('End');
  await expect(caption).not.toHaveText(before ?? '');
});
