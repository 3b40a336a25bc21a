/** Texts are read, masked and guessed. */
import { readFileSync } from 'node:fs';
import { type App, expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

async function open(app: App, more: Record<string, string> = {}): Promise<void> {
  await app.open({ 'data.dataset': 'tales', 'task.objective': 'simmim', 'optimiser.steps': '20', ...more });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/, { timeout: 45_000 });
}

test('masks what is pressed, guesses it, and shows what its neighbours would say', async ({ app, page }) => {
  await open(app);
  const board = app.region('Board');
  const sample = board.getByRole('group', { name: 'Sample 1', exact: true });
  await expect(sample).toContainText(/\d+ of \d+ words right/);
  const blanks = sample.getByRole('button', { name: /^blank \d+, guess/ });
  const before = await blanks.count();
  expect(before).toBeGreaterThan(3);
  const guesses = page.getByRole('tooltip');
  // Neighbours are counted on all training texts, once the run rests.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await blanks.first().hover();
    await expect(guesses).toContainText('both neighbours alone:', { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(guesses.getByRole('list', { name: /^The masked word looks at/ })).toBeVisible();
  await page.mouse.move(0, 0);
  await sample.getByRole('button', { name: /^\w+$/, pressed: false }).first().click();
  await expect(blanks).toHaveCount(before + 1);
  await sample.getByRole('button', { name: 'your masks: take them back' }).click();
  await expect(blanks).toHaveCount(before);
  await board.getByRole('textbox', { name: 'Your sentence' }).fill('mira had a zeppelin in the __ .');
  const own = board.getByRole('group', { name: 'Your sentence', exact: true });
  await expect(own).toContainText('1 word not in the vocabulary');
  await expect(own.getByRole('button', { name: /^blank 1, guess \S+$/ })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
});

test('goes from word to word by keys', async ({ app, page }) => {
  await open(app);
  const words = app.region('Board').getByRole('group', { name: /^Sample 1: words/ });
  await words.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(words.locator('[data-place="1"]')).toBeFocused();
  const pressed = await words.locator('[data-place="1"]').getAttribute('aria-pressed');
  await page.keyboard.press('Enter');
  await expect(words.locator('[data-place="1"]')).toHaveAttribute('aria-pressed', pressed === 'true' ? 'false' : 'true');
});

test('tells what texts are cut into, and gives the tokenizer away', async ({ app, page }) => {
  await open(app, { 'task.objective': 'mp3' });
  await expect(app.region('Board').getByRole('list', { name: 'The model’s order' }).first()).toBeVisible();
  await app.region('Data').getByRole('button', { name: 'Tokens' }).click();
  const tokens = page.getByRole('dialog', { name: 'Tokens' });
  await expect(tokens).toContainText('0.0 % unknown');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tokens.getByRole('button', { name: 'Save tokenizer.json' }).click(),
  ]);
  const { model } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(model.type).toBe('WordLevel');
  expect(await seriousProblems(page)).toEqual([]);
});

test('keeps what texts are cut into within the window, also when that becomes narrow', async ({ app, page }) => {
  await open(app, { 'optimiser.steps': '2' });
  await app.region('Data').getByRole('button', { name: 'Tokens' }).click();
  const tokens = page.getByRole('dialog', { name: 'Tokens' });
  for (const width of [1440, 390, 768, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(async () => {
        const box = await tokens.boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= width;
      }, `at ${width} px`)
      .toBe(true);
  }
});

test('fits phones and tablets', async ({ app, page }) => {
  for (const width of [768, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await open(app, { 'optimiser.steps': '2' });
    await expect(app.region('Board').getByRole('group', { name: 'Sample 4', exact: true })).toBeVisible();
    expect((await overflow(page)).sideways).toBeLessThanOrEqual(0);
    expect(await seriousProblems(page)).toEqual([]);
  }
});
