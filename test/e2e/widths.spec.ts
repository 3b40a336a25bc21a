/** The page at every width that people have: nothing sideways, nothing over something else, everything in reach. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { overflow } from './axe.ts';
import { photo } from './pictures.ts';

/** The first is a phone whose page is drawn twice as large; from the second on nothing may go sideways at all (WCAG 1.4.10). */
const WIDTHS = [195, 320, 360, 390, 480, 620, 720, 768, 820, 900, 980, 1024, 1100, 1200, 1280, 1440, 1920];
const OBJECTIVES = ['mp3', 'mae', 'simmim', 'data2vec', 'selfDistillation', 'supervised'];

/** What is wrong with the controls of the header and of the heads of settings: one over another, or outside of the window. */
function headerFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faultsOf = (controls: Iterable<Element>): string[] => {
      const boxes = [...controls]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return { name: element.getAttribute('aria-label') ?? element.textContent ?? '', left, right, top, bottom };
        });
      const outside = boxes.filter(({ left, right }) => left < 0 || right > innerWidth).map(({ name }) => `${name} is outside`);
      const overlapping = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter(
            (b) =>
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5,
          )
          .map((b) => `${a.name} lies on ${b.name}`),
      );
      return boxes.length === 0 ? ['there is no header'] : [...outside, ...overlapping];
    };
    const header = document.querySelectorAll(
      '.header :is(button, a, h1, [role=combobox], .run-status-text, .time-left:not(:empty), .metric)',
    );
    const heads = [...document.querySelectorAll('.settings .panel-head')].map((head) => head.querySelectorAll('h2, button'));
    return [header, ...heads].flatMap(faultsOf);
  });
}

async function expectToFit(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 844 : 900 });
    // The layout follows the window a frame later.
    await expect.poll(() => overflow(page).then(({ sideways }) => sideways), `sideways at ${width} px`).toBeLessThanOrEqual(0);
    await expect.poll(() => headerFaults(page), `the header at ${width} px`).toEqual([]);
  }
}

test('fits the first page into every width, after some training', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '3000' });
  await app.button('Train').click();
  await app.reach(20);
  await app.button('Pause').click();
  await expectToFit(page, WIDTHS);
});

test('fits the other pages and Help into every width', async ({ app, page }) => {
  await app.open();
  for (const name of ['Fine-tune', 'Compare', 'Bench']) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(() => {
      location.hash = '';
    });
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await expectToFit(page, WIDTHS);
  }
  await app.button('Help').click();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    const isInside = async (): Promise<boolean> => {
      const box = await page.getByRole('dialog').boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= width;
    };
    await expect.poll(isInside, `Help at ${width} px`).toBe(true);
    await expect.poll(async () => (await overflow(page)).sideways, `sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
});

for (const objective of OBJECTIVES) {
  test(`fits ${objective} into narrow and wide windows`, async ({ app, page }) => {
    await app.open({ 'task.objective': objective, 'optimiser.steps': '100' });
    await expectToFit(page, [320, 390, 768, 1024, 1200, 1440]);
  });
}

for (const [dataset, objective] of [
  ['syllables', 'mp3'],
  ['tales', 'simmim'],
  ['tales', 'mp3'],
  ['pairs', 'contrastive'],
  ['pairs', 'robust'],
]) {
  test(`fits ${objective} on ${dataset} into a phone, drawn twice as large too`, async ({ app, page }) => {
    await app.open({ 'data.dataset': dataset, 'task.objective': objective, 'optimiser.steps': '100' });
    await expectToFit(page, [195, 320, 390]);
  });
}

for (const size of [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
]) {
  test(`keeps Train and the mask ratio in reach of the board at ${size.width} px`, async ({ app, page }) => {
    await page.setViewportSize(size);
    await app.open();
    await app.region('Board').getByText('Training time').scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 300);
    for (const name of ['Train', 'Step']) await expect(app.button(name)).toBeInViewport({ ratio: 1 });
    await expect(app.status).toBeInViewport({ ratio: 1 });
    const ratio = page.getByRole('slider', { name: 'Mask ratio' });
    await expect(ratio).toHaveCount(1);
    await expect(ratio).toBeInViewport({ ratio: 1 });
    await expect(app.region('Board').getByRole('slider', { name: 'Mask ratio' })).toBeVisible();
    await expect(app.button('Keep')).toBeVisible();
    await app.button('Train').click();
    await expect(app.button('Pause')).toBeInViewport({ ratio: 1 });
  });
}

test('draws everything larger for a projector, and remembers it', async ({ app, page }) => {
  await app.open();
  const height = async (): Promise<number> => (await app.button('Train').boundingBox())?.height ?? 0;
  const before = await height();
  await app.button('Large text').click();
  await expect(app.button('Large text')).toHaveAttribute('aria-pressed', 'true');
  expect((await height()) / before).toBeCloseTo(1.2, 1);
  await expectToFit(page, [720, 768, 1024, 1200, 1280, 1440, 1920]);
  expect((await overflow(page)).down).toBeLessThanOrEqual(0);
  expect((await height()) / before).toBeCloseTo(1.25, 1);
  // What opens, opens where it belongs.
  const list = page.getByRole('combobox', { name: 'Preset' });
  const box = await list.boundingBox();
  await list.click();
  // It is put in its place a frame after it is there.
  await expect(async () => {
    const open = await page.getByRole('listbox').boundingBox();
    expect(Math.abs((open?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(12);
    expect((open?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0)).toBeLessThan(20);
    expect((open?.y ?? 0) + (open?.height ?? 0)).toBeLessThanOrEqual(900);
  }).toPass({ timeout: 15_000 });
  await page.keyboard.press('Escape');
  const ratio = page.getByRole('slider', { name: 'Mask ratio' });
  const thumb = await ratio.boundingBox();
  const track = await page.locator('.field:has([aria-label="Mask ratio"]) .slider').boundingBox();
  await page.mouse.click((track?.x ?? 0) + (track?.width ?? 0) / 2, (thumb?.y ?? 0) + (thumb?.height ?? 0) / 2);
  await expect.poll(async () => Number(await ratio.getAttribute('aria-valuetext'))).toBeCloseTo(0.5, 1);
  await page.reload();
  await app.isReady();
  await expect(app.button('Large text')).toHaveAttribute('aria-pressed', 'true');
  await app.button('Large text').click();
  await expect(app.button('Large text')).toHaveAttribute('aria-pressed', 'false');
});

test('shows all settings at 900 px height, also beside a photo and files that were refused', async ({ app, page }) => {
  await app.open();
  const hidden = (): Promise<number> =>
    page.locator('.settings').evaluate((column) => Math.max(0, column.scrollHeight - column.clientHeight));
  expect(await hidden()).toBe(0);
  const junk = ['a', 'b', 'c'].map((name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from('no picture') }));
  await page.getByLabel('Add files').setInputFiles({ name: 'mine.jpg', mimeType: 'image/jpeg', buffer: await photo(3) });
  await expect(app.region('Data')).toContainText('mine.jpg is on the');
  await page.getByLabel('Add files').setInputFiles(junk);
  await expect(app.region('Data')).toContainText('3 files not used');
  expect(await hidden()).toBe(0);
});
