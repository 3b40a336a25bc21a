/** Fine-tuning and comparing: the pages after pretraining. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { overflow, seriousProblems } from './axe.ts';

/** A pretraining that takes two seconds on two cores. */
const SHORT = { 'optimiser.steps': '20', 'picture.flip': 'false' };

async function pretrain(app: App, page: Page): Promise<void> {
  await app.open(SHORT);
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  await expect(app.button('Kept')).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeFocused();
}

async function setNumber(page: Page, name: string, value: string): Promise<void> {
  const box = page.getByRole('spinbutton', { name: `${name}, exact value` });
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

test('follows what another tab does with kept runs', async ({ app, page, context }) => {
  await pretrain(app, page);
  const other = await context.newPage();
  await other.goto(page.url());
  const there = other.getByRole('region', { name: 'Kept runs' });
  await expect(there.getByRole('checkbox', { name: 'Compare MP3 on Digits, 20 steps' })).toBeVisible();
  const runs = app.region('Kept runs');
  await runs.getByRole('button', { name: 'Rename MP3 on Digits, 20 steps' }).click();
  await page.getByRole('textbox', { name: 'New name of MP3 on Digits, 20 steps' }).fill('my first');
  await page.keyboard.press('Enter');
  await expect(there.getByRole('checkbox', { name: 'Compare my first' })).toBeVisible();
  await there.getByRole('button', { name: 'Delete my first' }).click();
  await expect(runs).toContainText('No run is kept yet.');
  await other.close();
});

test('keeps runs over a reload, renames them, and brings a deleted one back', async ({ app, page }) => {
  await pretrain(app, page);
  await page.reload();
  const runs = app.region('Kept runs');
  await runs.getByRole('button', { name: 'Rename MP3 on Digits, 20 steps' }).click();
  await page.getByRole('textbox', { name: 'New name of MP3 on Digits, 20 steps' }).fill('my first');
  await page.keyboard.press('Enter');
  await runs.getByRole('button', { name: 'Delete my first' }).click();
  await expect(runs).toContainText('No run is kept yet.');
  await app.button('Undo').click();
  await expect(runs.getByRole('checkbox', { name: 'Compare my first' })).toBeVisible();
  await page.reload();
  await expect(runs.getByRole('checkbox', { name: 'Compare my first' })).toBeVisible();
});

test('keeps names apart and the focus in the table, and brings back every run that was deleted', async ({ app, page }) => {
  await pretrain(app, page);
  const runs = app.region('Kept runs');
  const saved = runs.getByRole('button', { name: /^Delete / });
  // The same weights twice more, as files of one name.
  await page.getByRole('link', { name: 'Pretrain' }).click();
  const saving = page.waitForEvent('download');
  await app.button('Save').click();
  const buffer = readFileSync(await (await saving).path());
  await page.getByRole('link', { name: 'Compare' }).click();
  for (const count of [2, 3]) {
    const file = { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer };
    await page.getByLabel('Weights file to keep').setInputFiles(file);
    await expect(saved).toHaveCount(count);
  }
  await runs.getByRole('button', { name: 'Rename MP3 on Digits, 20 steps' }).press('Enter');
  await page.getByRole('textbox', { name: 'New name of MP3 on Digits, 20 steps' }).fill('mine');
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: 'Rename mine (3)' })).toBeFocused();

  for (const [name, next] of [
    ['mine (2)', 'Delete mine'],
    ['mine', 'Delete mine (3)'],
    ['mine (3)', /^Keep this run|^Import a file/],
  ] as const) {
    await app.button(`Delete ${name}`).press('Enter');
    await expect(runs.getByRole('button', { name: next, exact: true }).and(page.locator(':focus'))).toBeVisible();
  }
  // Whatever became of the notices.
  for (const name of ['mine', 'mine (2)', 'mine (3)']) {
    await app.button(`Bring back ${name}`).press('Enter');
    await expect(app.button(`Delete ${name}`)).toBeFocused();
  }
  await page.reload();
  await expect(saved).toHaveCount(3);
});

test('keeps names and buttons of runs in sight while the table is scrolled', async ({ app, page }) => {
  await pretrain(app, page);
  await page.setViewportSize({ width: 700, height: 700 });
  const frame = app.region('Kept runs, their settings, scores and costs');
  await expect(frame).toHaveAttribute('data-scrolls', 'true');
  await frame.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect(frame.getByText('MP3 on Digits, 20 steps')).toBeInViewport();
  await expect(frame.getByRole('button', { name: 'Delete MP3 on Digits, 20 steps' })).toBeInViewport();
});

test('keeps a run that came as a file, and says what is wrong with one that is none', async ({ app, page }) => {
  await app.open(SHORT);
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  const saving = page.waitForEvent('download');
  await app.button('Save').click();
  const weights = readFileSync(await (await saving).path());
  await page.getByRole('link', { name: 'Compare' }).click();
  const runs = app.region('Kept runs');
  const input = page.getByLabel('Weights file to keep');
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  await input.setInputFiles(file('broken.safetensors', weights.subarray(0, 100)));
  await expect(app.alert).toContainText('broken.safetensors');
  await input.setInputFiles(file('from afar.safetensors', weights));
  await expect(runs.getByRole('checkbox', { name: 'Compare from afar' })).toBeVisible();
  await page.reload();
  await expect(runs.getByRole('checkbox', { name: 'Compare from afar' })).toBeVisible();
});

test('says so when the browser has no room for another run', async ({ app, page }) => {
  await app.open(SHORT);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 2000 });
  await app.button('Train').click();
  await expect(app.status).toHaveText(/^Finished/);
  await expect(app.alert).toContainText(/no more room for this page: the run goes on, but is kept no more/);
  await expect(app.button('Train 1,000 more steps')).toBeVisible();
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
