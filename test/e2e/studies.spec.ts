/** Fine-tuning and comparing: the pages after pretraining. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';
import { pretrain, SHORT } from './pretrained.ts';

async function setNumber(page: Page, name: string, value: string): Promise<void> {
  const box = page.getByRole('spinbutton', { name: `${name}, exact value`, exact: true });
  await box.fill(value);
  await box.press('Enter');
}

test('says with one button whether pretraining was worth it', async ({ app, page }) => {
  await pretrain(app, page);
  const row = app.region('Kept runs').getByRole('row', { name: /^Compare MP3 on Digits, 20 steps/ });
  await expect(row).toContainText(/Position accuracy [\d.]+ %/);
  await expect(row).toContainText(/ms, .* [KM]B/);
  await expect(row).toContainText(/ s, .* GFLOP/);
  await row.getByRole('checkbox').check();
  await expect(page.getByRole('combobox', { name: 'Labelled data' })).toHaveText('Digits');

  const study = app.region('Was it worth it?');
  await study.getByRole('checkbox', { name: '50', exact: true }).uncheck();
  await study.getByRole('checkbox', { name: '5', exact: true }).check();
  await setNumber(page, 'Seeds', '2');
  await setNumber(page, 'Steps', '4');
  await expect(study).toContainText('24 tasks: 8 × fine-tune, 8 × linear probe, 8 × nearest neighbours.');
  await app.button('Was it worth it?').click();
  await expect(study.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(study).toContainText(/^.*Finished: 24 of 24 results\. Digits, 500 test pictures, WebAssembly/, {
    timeout: 60_000,
  });

  const table = study.getByRole('region', { name: 'Accuracy and cost of every contender' });
  await expect(table.getByRole('row')).toHaveCount(13);
  for (const name of [
    'From scratch 10 fine-tune',
    'Random, frozen 10 linear probe',
    'MP3 on Digits, 20 steps 5 nearest neighbours',
  ]) {
    await expect(table.getByRole('row', { name: new RegExp(`^${name} [\\d.]+ ± [\\d.]+ %`) })).toBeVisible();
  }
  await expect(study).toContainText(
    /MP3 on Digits, 20 steps, 10 labels a class: fine-tune [\d.]+ points (above|below) from scratch/,
  );
  await expect(study.getByRole('img', { name: /^Test accuracy over labels of each class: From scratch/ })).toBeVisible();
  await table.getByRole('button', { name: 'From scratch' }).first().click();
  const detail = app.region('From scratch, fine-tune, 10 labels a class');
  await expect(detail.getByRole('row')).toHaveCount(13);
  const sides = await detail
    .getByRole('cell')
    .evaluateAll((cells) =>
      cells.slice(0, 100).flatMap((cell) => [cell.getBoundingClientRect().width, cell.getBoundingClientRect().height]),
    );
  expect(Math.max(...sides) - Math.min(...sides)).toBeLessThan(0.5);
  // The table is long: what was asked for comes into view, and back again.
  const heading = detail.getByRole('heading', { name: 'From scratch, fine-tune, 10 labels a class' });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await detail.getByRole('button', { name: 'Back to the table' }).click();
  await expect(table.getByRole('button', { name: 'From scratch' }).first()).toBeFocused();
  await expect(detail.getByRole('listitem').first()).toContainText(/taken for \d, is \d/);

  const started = page.waitForEvent('download');
  await app.button('Results as CSV').click();
  const lines = readFileSync(await (await started).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(25);
  expect(lines[0]).toMatch(/^contender,protocol,labels_per_class,seed,accuracy/);
  for (const kind of ['SVG', 'PNG']) {
    const saving = page.waitForEvent('download');
    await app
      .region('Accuracy over labels')
      .getByRole('button', { name: `Save the chart as ${kind}` })
      .click();
    const bytes = readFileSync(await (await saving).path());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe(kind === 'SVG' ? '<svg' : '\x89PNG');
    if (kind === 'PNG') continue;
    // The file stands alone: no colours of the page, and every line by its whole name, at its end and in the legend.
    expect(bytes.toString()).not.toContain('var(--');
    for (const text of ['Accuracy over labels: fine-tune on Digits', '→ labels of each class', '↑ test accuracy in percent']) {
      expect(bytes.toString()).toContain(text);
    }
    expect(bytes.toString().match(/>MP3 on Digits, 20 steps</g)).toHaveLength(2);
  }

  await page.reload();
  await expect(study).toContainText('Finished: 24 of 24 results. Digits, 500 test pictures');
  await expect(table.getByRole('row')).toHaveCount(13);
});

test('fine-tunes a kept run, and brings the old one back', async ({ app, page }) => {
  await pretrain(app, page);
  await page.getByRole('link', { name: 'Fine-tune' }).click();
  await expect(page.getByText('The run under way has no labels yet.')).toBeVisible();
  // Who has just pretrained something wants to use it.
  await expect(page.getByRole('combobox', { name: 'Start', exact: true })).toHaveText(/^The run under way: MP3, step 20/);
  await page.getByRole('combobox', { name: 'Start', exact: true }).click();
  await page.getByRole('option', { name: 'MP3 on Digits, 20 steps' }).click();
  await setNumber(page, 'Labels per class', '9000');
  await app.button('Fine-tune').click();
  await expect(page.locator('.finetune-form .field-problem')).toContainText(/9,?000/);
  await expect(app.status).toHaveText(/^Finished step 20 of 20/);
  await setNumber(page, 'Labels per class', '20');
  await setNumber(page, 'Steps', '10');
  await app.button('Fine-tune').click();
  await expect(page.getByText('This run started from MP3 on Digits, 20 steps.')).toBeVisible({ timeout: 30_000 });
  await expect(app.status).toHaveText(/^Finished step 10 of 10/);
  await expect(app.region('Class confusion').getByRole('row')).toHaveCount(11);
  await expect(app.region('Surest mistakes').getByRole('listitem').first()).toContainText(/taken for \d, is \d/);
  await expect(app.region('Attention before and after').getByRole('cell')).toHaveText(/^\d\.\d\d → \d\.\d\d$/);
  expect(await seriousProblems(page)).toEqual([]);

  // Of the message or of the header: both go back, and the header's leads forth again.
  const undo = page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  await expect(app.status).toHaveText(/step 20 of 20/);
  await expect(page.getByText('The run under way has no labels yet.')).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(app.status).toHaveText(/step 10 of 10/);
  await page.locator('h2').first().focus();
  await page.keyboard.press('Control+z');
  await expect(app.status).toHaveText(/step 20 of 20/);
});

test('holds a fine-tuned model near its start with the regulariser that is chosen, and shows its settings alone', async ({
  app,
  page,
}) => {
  await pretrain(app, page);
  await page.getByRole('link', { name: 'Fine-tune' }).click();
  await expect(page.getByRole('combobox', { name: 'Start', exact: true })).toHaveText(/^The run under way: MP3, step 20/);
  const chosen = page.getByRole('combobox', { name: 'Regulariser', exact: true });
  const own = {
    'L2-SP': ['L2-SP weight'],
    RecAdam: ['RecAdam pull', 'RecAdam middle', 'RecAdam slope'],
    R3F: ['R3F weight', 'R3F noise'],
    MARS: ['MARS radius'],
  };
  for (const [name, fields] of Object.entries(own)) {
    await chosen.click();
    await page.getByRole('option', { name: new RegExp(`^${name}:`) }).click();
    const shown = page.locator('.finetune-form').getByRole('spinbutton', { name: /^(L2-SP|RecAdam|MARS|R3F) / });
    await expect(shown).toHaveCount(fields.length);
    for (const field of fields) await expect(page.getByRole('spinbutton', { name: `${field}, exact value` })).toBeVisible();
  }
  await setNumber(page, 'Steps', '10');
  await setNumber(page, 'MARS radius', '0.001');
  await app.button('Fine-tune').click();
  await expect(app.status).toHaveText(/^Finished step 10 of 10/, { timeout: 30_000 });
  // Rows of matrices stay; norms, biases and tables are free.
  const fit = app.region('Gap and distance');
  await expect(fit).toContainText(/moved by [\d.]+ from where they started/);
});

test('goes on pretraining while other pages are looked at', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '10000' });
  await app.button('Train').click();
  await app.reach(3);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages.getByRole('link', { name: 'Pretrain' })).toHaveAttribute('aria-current', 'page');
  await pages.getByRole('link', { name: 'Fine-tune' }).click();
  await expect(pages.getByRole('link', { name: 'Fine-tune' })).toHaveAttribute('aria-current', 'page');
  await app.reach((await app.step()) + 5);
  await page.goBack();
  await expect(app.button('Pause')).toBeVisible();
});

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`compares and fine-tunes without what axe finds serious at ${size.width} x ${size.height}`, async ({ app, page }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await pretrainNarrow(app, page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const name of ['Compare', 'Fine-tune']) {
        await page.getByRole('link', { name }).click();
        await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
        expect(await seriousProblems(page)).toEqual([]);
        expect((await overflow(page)).sideways).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('shows names and numbers side by side on a phone, with nothing to scroll sideways', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await pretrainNarrow(app, page);
  await setNumber(page, 'Seeds', '1');
  for (const name of [/^Fine-tune:/, /^Linear probe:/, '50']) {
    await page.getByRole('checkbox', { name, exact: true }).uncheck();
  }
  await app.button('Was it worth it?').click();
  for (const [table, row] of [
    ['Kept runs, their settings, scores and costs', /^Compare MP3 on Digits, 20 steps.* Position accuracy [\d.]+ %/],
    ['Accuracy and cost of every contender', /^MP3 on Digits, 20 steps .*[\d.]+ %/],
  ] as const) {
    const frame = app.region(table);
    const number = frame.getByRole('row', { name: row }).locator('.main-number');
    await expect(number).toHaveText(/[\d.]+ %/, { timeout: 60_000 });
    const box = await number.boundingBox();
    expect((box?.x ?? Number.NaN) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(390);
    expect(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  }
});

/** On a phone the header has no Keep button: the run is kept all the same. */
async function pretrainNarrow(app: App, page: Page): Promise<void> {
  await app.open(SHORT);
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByRole('checkbox', { name: 'Compare MP3 on Digits, 20 steps' }).check();
  const curves = app.region('Curves of runs');
  await expect(curves.getByRole('img', { name: /^Position accuracy of 1 MP3 on Digits, 20 steps$/ })).toBeVisible();
  await expect(app.region('Kept runs').locator('.run-mark')).toHaveText('1');
}
