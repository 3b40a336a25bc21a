/** Weights that come back from a file, on the way to the model and to fine-tuning. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';

/** A run of 12 steps, and its weights as a file. */
async function trained(app: App, page: Page): Promise<Buffer> {
  await app.open({ 'optimiser.steps': '12', 'picture.flip': 'false' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  const saving = page.waitForEvent('download');
  await app.button('Save').click();
  return readFileSync(await (await saving).path());
}

const fileOf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

test('loaded weights are a new start that can be undone; a bad file changes nothing', async ({ app, page }) => {
  const weights = await trained(app, page);
  // Without the levels behind the numbers, such as the content-only floor: they are measured meanwhile.
  const numbers = async () => (await app.curves()).map((text) => text.split(';')[0]);
  // The floor comes last: then nothing else of this run is measured any more, and the slower chart shows it half a second later.
  await expect.poll(async () => (await app.curves())[0], { timeout: 45_000 }).toMatch(/held-out .*train.*content only/);
  let before: (string | undefined)[] = [];
  await expect(async () => {
    before = await numbers();
    await page.waitForTimeout(1000);
    expect(await numbers()).toEqual(before);
  }).toPass({ timeout: 30_000 });
  const file = page.getByLabel('Weights file');
  await file.setInputFiles(fileOf('people.csv', Buffer.from('name,age\nAda,36\n')));
  await expect(app.alert).toContainText('It looks like a text file');
  expect(await numbers()).toEqual(before);

  await file.setInputFiles(fileOf('mine.safetensors', weights));
  await expect(page.getByText('mine.safetensors loaded: the run goes on from where it was saved.')).toBeVisible();
  await expect(app.alert).toHaveCount(0);
  await expect
    .poll(async () => (await app.curves())[0])
    .toMatch(/^Position accuracy: held-out [\d.]+ %; ± [\d.]+ points, .*; chance/);
  await page.locator('.run-buttons').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(numbers).toEqual(before);
  await expect(app.status).toContainText('step 12 of 12');
});

test('keeps a good start for fine-tuning when a bad file follows, and takes back a refusal', async ({ app, page }) => {
  const weights = await trained(app, page);
  await page.getByRole('link', { name: 'Fine-tune' }).click();
  const file = page.getByLabel('Weights to start from');
  await file.setInputFiles(fileOf('mine.safetensors', weights));
  await expect(page.getByRole('combobox', { name: 'Start', exact: true })).toHaveText('mine.safetensors');
  await file.setInputFiles(fileOf('people.csv', Buffer.from('name,age\nAda,36\n')));
  await expect(app.alert).toContainText('The start is still mine.safetensors');

  const labels = page.getByRole('spinbutton', { name: 'Labels per class, exact value' });
  await labels.fill('9000');
  await labels.press('Enter');
  await app.button('Fine-tune').click();
  await expect(app.alert).toContainText(/9,?000/);
  await expect(page.getByText('Fine-tuning began')).toHaveCount(0);
  await labels.fill('20');
  await labels.press('Enter');
  await app.button('Fine-tune').click();
  await expect(page.getByText('This run started from mine.safetensors.')).toBeVisible({ timeout: 30_000 });
  await expect(app.alert).toHaveCount(0);
  await expect(page.getByText('Fine-tuning began: the run started over.')).toBeVisible();
  await app.button('Pause').click();
});
