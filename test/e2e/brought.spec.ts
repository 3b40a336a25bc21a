/** Pairs and long tables that somebody brings. */
import { expect, test } from './app.ts';
import { drop } from './drop.ts';
import { photo } from './pictures.ts';

const WORDS = ['sea', 'hills', 'sun', 'evening', 'morning', 'summer', 'winter'];

test('learns from pictures and captions that are dropped, and studies what either is worth', async ({ app, page }) => {
  await app.open({ 'model.width': '32', 'model.heads': '2', 'optimiser.batch': '32' });
  const pictures = await Promise.all(
    Array.from({ length: 48 }, async (_, i) => ({ name: `view ${i}.jpg`, buffer: await photo(i, 64, 64) })),
  );
  const rows = pictures.map(
    ({ name }, i) => `${name},the ${WORDS[i % 7]} in ${WORDS[(i * 3) % 7]} ${i},${i % 2 === 0 ? 'even' : 'odd'}`,
  );
  const table = { name: 'metadata.csv', buffer: Buffer.from(['file_name,caption,label', ...rows].join('\n')) };
  await drop(app, [...pictures, table]);
  const data = app.region('Data');
  await expect(data).toContainText('Members (I pictures, S sounds, T texts): 43 I+T; to test on 5 I+T.');
  await expect(page.getByRole('combobox', { name: 'Senses' })).toHaveText('picture + text');
  await page.getByRole('combobox', { name: 'Objective' }).click();
  await page.getByRole('option', { name: /^Contrastive/ }).click();
  await app.isReady();
  await app.button('Train').click();
  await app.reach(5);
  await app.button('Pause').click();
  const board = app.region('Board');
  await expect(board.getByRole('img', { name: /Cosines of picture and text/ })).toBeVisible();
  await expect(board.getByRole('button', { name: /Play the sound/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Compare' }).click();
  const panel = app.region('Robustness study');
  for (const name of [/^FT/, /^MASD:/, /^MASD\*/, /^Random/, /^From scratch/]) await panel.getByLabel(name).uncheck();
  await panel.getByRole('spinbutton', { name: 'A class' }).fill('10');
  await panel.getByRole('button', { name: 'Robustness study', exact: true }).click();
  await expect(panel).toContainText('Finished: 3 of 3 models', { timeout: 90_000 });
  await expect(panel).toContainText('5 test samples');
  await expect(panel.locator('[data-cell="2,2"]')).toHaveText(/^\d+$/);
});

test('stops reading a long table when it is told to, and goes on with what was there', async ({ app, page }) => {
  await app.open();
  const row = (i: number): string => `${i},"The cat number ${i}, that I met on a ${WORDS[i % 7]} ${WORDS[(i * 3) % 7]}",${i % 2}`;
  const buffer = Buffer.from(['id,story,stars', ...Array.from({ length: 500_000 }, (_, i) => row(i))].join('\n'));
  const before = await app.region('Data').textContent();
  await page.getByLabel('Add files').setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer });
  const cancel = app.region('Data').getByRole('button', { name: 'Cancel' });
  await cancel.click();
  await expect(cancel).toHaveCount(0);
  await expect(app.region('Data')).toHaveText(before ?? '');
  await app.button('Step').click();
  await app.reach(1);
});
