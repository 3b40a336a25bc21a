/** A page that is a model, opened from a disk: what it does with what is dropped on it, and that it asks nobody for anything. */
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { createServer } from 'vite';
import { listen } from '../../scripts/serve.mjs';
import { overflow, seriousProblems } from './axe.ts';

interface Models {
  write(kind: string, file: string): void;
  /** What the model says of one of the samples that its page has. */
  chances(kind: string, sample: number): Promise<number[]>;
}

/** Playwright reads no TypeScript with Vite's imports in it: Vite does. */
const test = base.extend<{ complaints: string[]; open(kind: string): Promise<void> }, { models: Models }>({
  models: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern.
    async ({}, use) => {
      const server = await createServer({
        server: { middlewareMode: true, hmr: false, ws: false },
        appType: 'custom',
        logLevel: 'error',
        optimizeDeps: { noDiscovery: true, include: [] },
      });
      const { homeModel, kindNamed } = await server.ssrLoadModule('/test/home/homeModels.ts');
      const { htmlOf } = await server.ssrLoadModule('/src/home/page/page.ts');
      const { chancesOf } = await server.ssrLoadModule('/test/home/chancesOf.ts');
      await use({
        write: (kind, file) => writeFileSync(file, htmlOf(homeModel(kindNamed(kind)))),
        chances: (kind, sample) => chancesOf(homeModel(kindNamed(kind)), sample),
      });
      await server.close();
    },
    { scope: 'worker' },
  ],
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request to ${request.url()}`);
    });
    await use(complaints);
    expect(complaints).toEqual([]);
  },
  open: async ({ page, models, complaints: _ }, use, info) => {
    await use(async (kind) => {
      const file = info.outputPath('demo.html');
      models.write(kind, file);
      await page.goto(pathToFileURL(file).href);
    });
  },
});

/** A picture of two colours as a PNG. */
async function picture(left: string, right: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="${left}"/><rect x="40" width="40" height="60" fill="${right}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** Drops a file on the middle of the page. */
async function drop(page: Page, name: string, type: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, type, numbers }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(numbers)], name, { type }));
      return transfer;
    },
    { name, type, numbers: [...bytes] },
  );
  await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer });
}

/** The colour in the middle of a cell of a board. */
function colourAt(page: Page, caption: string, x: number, y: number): Promise<number[]> {
  return page
    .locator('figure', { hasText: caption })
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [x, y]) => {
        const pen = canvas.getContext('2d');
        return Array.from(pen?.getImageData(x * canvas.width, y * canvas.height, 1, 1).data ?? []);
      },
      [x, y] as const,
    );
}

test('puts a dropped picture together, and says how much of it is right', async ({ page, open }) => {
  await open('MP3');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('MP3');
  await expect(page.locator('.verdict')).toHaveText(/^\d+ of 16 in their place$/);
  await drop(page, 'halves.png', 'image/png', await picture('#ff0000', '#0000ff'));
  await expect.poll(() => colourAt(page, 'As it was', 0.2, 0.5)).toEqual([255, 0, 0, 255]);
  expect(await colourAt(page, 'As it was', 0.8, 0.5)).toEqual([0, 0, 255, 255]);
  await expect(page.locator('.verdict')).toHaveText(/^\d+ of 16 in their place$/);
  const places = await page
    .locator('.piece')
    .evaluateAll((pieces) => pieces.map((piece) => (piece as HTMLElement).style.left + (piece as HTMLElement).style.top));
  expect(new Set(places).size).toBe(16);
  await drop(page, 'notes.txt', 'text/plain', Buffer.from('no picture'));
  await expect(page.getByRole('alert')).toHaveText('notes.txt is nothing that this model can read.');
});

test('paints what is hidden, by mouse and by keyboard', async ({ page, open }) => {
  await open('MAE');
  await drop(page, 'halves.png', 'image/png', await picture('#00c000', '#00c000'));
  await expect.poll(() => colourAt(page, 'As it was', 0.1, 0.1)).toEqual([0, 192, 0, 255]);
  const hidden = page.locator('.cell[aria-pressed="true"]');
  await expect(hidden).toHaveCount(12);
  const first = page.getByRole('button', { name: /row 1, column 1$/ });
  const before = await first.getAttribute('aria-pressed');
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', before === 'true' ? 'false' : 'true');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: /row 1, column 2$/ })).toBeFocused();
  await page.getByLabel('Hidden').fill('4');
  await expect(hidden).toHaveCount(4);
  await expect(page.locator('output')).toHaveText('25 %');
});

test('answers as the model does', async ({ page, open, models }) => {
  await open('labels');
  const expected = (await models.chances('labels', 0)).toSorted((a, b) => b - a);
  const told = (await page.locator('.bars .share').allTextContents()).map(Number.parseFloat);
  // Rounded to whole percents, from weights in 16 bits.
  for (const [i, chance] of expected.entries()) expect(Math.abs((told[i] ?? 0) - 100 * chance)).toBeLessThan(0.7);
  const shares = await page.locator('.bars .share').allTextContents();
  await page.getByRole('button', { name: 'Where it looks' }).click();
  const light = await page
    .locator('.cell')
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).style.getPropertyValue('--light'))));
  expect([Math.min(...light), Math.max(...light)]).toEqual([0, 1]);
  await page.getByRole('button', { name: 'Picture 3' }).click();
  await expect(page.locator('.bars .share')).not.toHaveText(shares);
});

test('fills the gaps of a text of one’s own', async ({ page, open }) => {
  await open('BERT');
  await page.getByLabel('Write a text of your own').fill('a dog saw a __ .');
  await expect(page.locator('.words button')).toHaveCount(6);
  await expect(page.locator('.words button[aria-pressed="true"]')).toHaveCount(1);
  await expect(page.locator('.bars li')).toHaveCount(5);
});

test('tells classes from those senses of a thing that are given, one’s own among them', async ({ page, open }) => {
  await open('labels for some senses');
  const bars = page.locator('.bars .share');
  await expect(page.getByText('From picture, sound and text.')).toBeVisible();
  await page.getByRole('button', { name: 'Given: sound' }).click();
  await page.getByRole('button', { name: 'Given: text' }).click();
  await expect(page.getByText('From picture.', { exact: true })).toBeVisible();
  const before = await bars.allTextContents();
  await drop(page, 'halves.png', 'image/png', await picture('#808080', '#ffffff'));
  await expect(bars).not.toHaveText(before);
  const grey = () =>
    page
      .getByRole('region', { name: 'Picture' })
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')?.getImageData(3, 16, 1, 1).data[0] ?? 0);
  expect(Math.abs((await grey()) - 128)).toBeLessThan(4);
  await page.getByLabel('Write a text of your own').fill('a large five');
  await expect(page.getByText('From picture and text.')).toBeVisible();
  for (const name of ['picture', 'text']) await page.getByRole('button', { name: `Given: ${name}` }).click();
  await expect(page.getByText('Give it something of one sense at least.')).toBeVisible();
});

test('finds what belongs to a thing among its own samples, and what is like it', async ({ page, open }) => {
  await open('contrastive');
  await expect(page.getByText(/^Cosines of what is given: picture and sound −?0\.\d\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Given: text' }).click();
  await expect(page.locator('.nearest').getByRole('listitem')).toHaveCount(3);
  await expect(page.getByText(/^Nearest texts$/)).toBeVisible();
  await page.getByRole('button', { name: 'Sample 4' }).click();
  await expect(page.getByText('Take a sense away')).toBeVisible();
  await open('multimodal MAE');
  await expect(page.getByText('Most alike of the others, by picture, sound and text')).toBeVisible();
  await expect(page.locator('.nearest canvas')).toHaveCount(3);
});

test('may ask nobody for anything', async ({ page, open, complaints }) => {
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked += 1;
    response.end();
  });
  const port = await listen(server, 0, 'localhost');
  await open('data2vec');
  const tries = await page.evaluate(async (address) => {
    const image = new Promise((resolve) => {
      const element = new Image();
      element.addEventListener('error', () => resolve('refused'));
      element.addEventListener('load', () => resolve('loaded'));
      element.src = `${address}spy.png`;
    });
    const fetched = fetch(address, { mode: 'no-cors' }).then(
      () => 'reached',
      () => 'refused',
    );
    return [await fetched, await image];
  }, `http://localhost:${port}/`);
  server.close();
  expect(tries).toEqual(['refused', 'refused']);
  expect(asked).toBe(0);
  expect(complaints.some((text) => text.includes('Content Security Policy'))).toBe(true);
  // These were on purpose.
  complaints.length = 0;
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`fits phones and is read by everybody, ${colorScheme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const kind of ['MAE', 'BERT', 'contrastive', 'labels for some senses']) {
      await open(kind);
      for (const width of [1440, 768, 390]) {
        await page.setViewportSize({ width, height: 844 });
        expect((await overflow(page)).sideways).toBeLessThanOrEqual(0);
      }
      expect(await seriousProblems(page)).toEqual([]);
    }
  });
}
