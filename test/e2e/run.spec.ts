import { readFileSync, statSync } from 'node:fs';
import { expect, test } from './app.ts';
import { said } from './keeping.ts';

test('trains 30 steps, pauses, takes a new mask ratio, steps and resets', async ({ app, page }) => {
  await app.open();
  await expect(app.button('Train')).toBeFocused();
  await app.button('Train').click();
  await expect(app.button('Pause')).toBeVisible();
  await app.reach(30);
  await app.button('Pause').click();
  await expect(app.status).toHaveText(/^Paused/);
  const paused = await app.step();
  await page.waitForTimeout(500);
  expect(await app.step()).toBe(paused);

  const maskRatio = page.getByRole('slider', { name: 'Mask ratio' });
  await maskRatio.focus();
  for (let i = 0; i < 5; i++) await maskRatio.press('ArrowRight');
  await expect(maskRatio).toHaveAttribute('aria-valuenow', '0.25');
  await expect(page).toHaveURL(/task\.maskRatio=0\.25/);
  expect(await app.step()).toBe(paused);

  await app.button('Step').click();
  await expect(app.status).toHaveText(new RegExp(`^Paused step ${said(paused + 1)} of`));
  await app.button('Reset').click();
  await app.isReady();
});

test('takes Reset back by the button in the header, and a change of settings by Ctrl+Z', async ({ app, page }) => {
  const undo = page.locator('.run-buttons').getByRole('button', { name: 'Undo' });
  await app.open();
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await app.button('Train').click();
  await app.reach(10);
  await app.button('Pause').click();
  await expect(app.status).toHaveText(/^Paused/);
  const paused = await app.step();
  await app.button('Reset').click();
  await app.isReady();
  await undo.click();
  await expect(app.status).toHaveText(new RegExp(`^Paused step ${said(paused)} of`));
  await expect.poll(async () => (await app.curves())[0]).toMatch(/held-out/);

  const depth = page.getByRole('slider', { name: 'Depth', exact: true });
  const before = await depth.getAttribute('aria-valuenow');
  await depth.focus();
  await depth.press('ArrowRight');
  await expect(undo).toHaveAttribute('aria-disabled', 'false');
  await app.isReady();
  await page.keyboard.press('Control+z');
  await expect(app.status).toHaveText(new RegExp(`^Paused step ${said(paused)} of`));
  await expect(depth).toHaveAttribute('aria-valuenow', String(before));
});

test('learns: the loss falls, and the board, the curves and the measurements follow', async ({ app, page }) => {
  await app.open({
    'optimiser.steps': '150',
    'optimiser.batch': '16',
    'optimiser.learningRate': '0.01',
    'optimiser.warmup': '10',
  });
  await app.button('Train').click();
  await expect(app.status).toHaveText('Finished step 150 of 150', { timeout: 45_000 });
  await expect
    .poll(async () => Number(/held-out ([\d.]+) %/.exec((await app.curves())[0] ?? '')?.[1]), {
      message: 'held-out accuracy, chance is 6.3 %',
    })
    .toBeGreaterThan(9);
  await expect(app.region('Board').getByRole('group', { name: 'Sample 1' })).toContainText(/\d+ of 16 right/);
  await expect(app.region('Mask ratio explorer').getByRole('img').first()).toHaveAccessibleName(/% at 0,.*% at 0\.3/);
  await expect(app.region('Attention locality').getByRole('radio')).toHaveCount(1);
  await expect(app.region('Position confusion').getByRole('img').first()).toHaveAccessibleName(/on the diagonal/);

  const time = page.getByRole('slider', { name: 'Training time' });
  await time.focus();
  await time.press('Home');
  await expect(app.region('Board')).toContainText('step 0');
});

test('changes live settings while it trains, and starts over for others', async ({ app, page }) => {
  await app.open();
  await app.button('Train').click();
  await app.reach(5);
  await page.getByRole('spinbutton', { name: 'Mask ratio, exact value' }).fill('0.5');
  await page.getByRole('spinbutton', { name: 'Mask ratio, exact value' }).press('Enter');
  await expect(app.region('Mask ratio explorer')).toContainText('trained at 0.5');
  const then = await app.step();
  // It did not start over; on a busy machine no step may have been done since.
  expect(then).toBeGreaterThanOrEqual(5);
  await app.reach(then + 5);
  await expect(page.getByText('Changing it starts the run over.').first()).toBeAttached();
  await expect(app.button('Pause')).toBeVisible();

  const startedOver = app.fallsBelow(then);
  await page.getByRole('combobox', { name: 'Dataset' }).click();
  await page.getByRole('option', { name: 'Faces' }).click();
  await expect(page).toHaveURL(/data\.dataset=faces/);
  await startedOver;
});

test('takes the weights home and brings them back', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '12' });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  const download = page.waitForEvent('download');
  await app.button('Save').click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.patchwork$/);
  const file = await saved.path();
  expect(readFileSync(file).toString('latin1')).toContain('"patchwork.format":"run/1"');

  // Without the optimiser's two averages it is about a third.
  const smaller = page.waitForEvent('download');
  await app.button('Other ways to save').click();
  await app.button('Weights only').click();
  const weights = await smaller;
  expect(weights.suggestedFilename()).toMatch(/step12-weights\.safetensors$/);
  expect(readFileSync(await weights.path()).toString('latin1')).toContain('blocks.0.attn.qkv.weight');
  expect(statSync(await weights.path()).size).toBeLessThan(statSync(file).size / 2);

  await app.button('Reset').click();
  await app.isReady();
  await page.getByLabel('Weights file').setInputFiles(file);
  await expect(app.status).toContainText('step 12 of 12');

  await page.getByLabel('Weights file').setInputFiles({ name: 'w.safetensors', mimeType: '', buffer: Buffer.from('nonsense') });
  await expect(app.alert).toBeVisible();
  await expect(app.status).toContainText('step 12 of 12');
});

test('is driven by the keyboard alone', async ({ app, page }) => {
  await app.open();
  await page.keyboard.press('Space');
  await app.reach(3);
  await page.keyboard.press('Space');
  await expect(app.status).toHaveText(/^Paused/);
  await page.keyboard.press('Tab');
  await expect(app.button('Step')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(app.button('Reset')).toBeFocused();
});

test('says what came of a finished run, and offers what comes next', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '20' });
  await app.button('Train').click();
  await expect(app.status).toHaveText('Finished step 20 of 20');
  const news = page.locator('.finished');
  await expect(news).toContainText(
    /Done, 20 steps\. Position accuracy [\d.]+ %, ± [\d.]+ points, 256 of 500 held-out pictures\./,
  );
  for (const [button, heading] of [
    ['Was it worth it?', 'Compare'],
    ['Fine-tune', 'Fine-tune'],
  ] as const) {
    await news.getByRole('button', { name: button }).click();
    await expect(app.page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await expect(news).toHaveCount(0);
    await app.page.goBack();
  }
  await expect(app.button('Train')).toHaveCount(0);
  await app.button('Train 1,000 more steps').click();
  await expect(app.button('Pause')).toBeVisible();
  await expect(news).toHaveCount(0);
  await app.reach(60);
  await expect(app.status).toContainText('of 1,020');
  // A change of mind about the length is taken as well.
  const steps = page.getByRole('spinbutton', { name: 'Steps, exact value' });
  await steps.fill('70');
  await steps.press('Enter');
  await expect(app.status).toHaveText(/^Finished/);
  await news.getByRole('button', { name: 'Dismiss' }).click();
  await expect(news).toHaveCount(0);
});

test('explains the board where it stands', async ({ app }) => {
  await app.open();
  const board = app.region('Board');
  await expect(board.getByRole('radio', { name: 'first guess argmax' })).toBeChecked();
  await expect(board.getByRole('radio', { name: 'solved whole assignment' })).toBeVisible();
  await expect(board.locator('.legend')).toHaveText('rightwrong');
});

test('draws its pictures once: who comes back finds the same ones', async ({ app, page }) => {
  await page.addInitScript(() => {
    const drawn: number[] = [];
    const steps: unknown[] = [];
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        if (args[1]?.name !== 'trainer') return;
        this.addEventListener('message', ({ data }) => {
          if (data.task === 'Drawing the pictures') drawn.push(data.done);
          if (data.type === 'steps') steps.push(...data.steps);
        });
      }
    };
    Object.assign(window, { drawn, steps });
  });
  const drawn = () => page.evaluate(() => (window as unknown as { drawn: number[] }).drawn.length);
  /** Losses of a few steps, to the last bit, tell the pictures apart. */
  const visit = async (): Promise<number[]> => {
    await app.open({ keep: 'off' });
    for (let step = 1; step <= 3; step++) {
      await app.button('Step').click();
      await expect(app.status).toHaveText(new RegExp(`^Paused step ${step} of`));
    }
    return page.evaluate(() => (window as unknown as { steps: { loss: number }[] }).steps.map(({ loss }) => loss));
  };
  const first = await visit();
  expect(first).toHaveLength(3);
  expect(first[0]).toBeGreaterThan(0);
  expect(await drawn()).toBeGreaterThan(10);
  const isThere = () =>
    page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith('patchwork drawn '));
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().length;
    });
  await expect.poll(isThere).toBe(1);
  expect(await visit()).toEqual(first);
  expect(await drawn()).toBe(0);
});
