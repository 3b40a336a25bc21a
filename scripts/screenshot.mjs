/**
 * Makes docs/screenshot.png from the real page: `node scripts/screenshot.mjs [steps] [photo]` trains that many steps (default 1500) and,
 * when a photo is named, pins it to the board.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildIfNeeded, DIST } from './build.mjs';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { installIfNeeded } from './install.mjs';
import { ROOT } from './root.mjs';
import { createStaticServer, listen } from './serve.mjs';

const steps = Number(process.argv[2] ?? 1500);
const photo = process.argv[3];

await installIfNeeded();
await buildIfNeeded();
const { chromium } = await import('playwright');
const { default: sharp } = await import('sharp');
const server = createStaticServer(DIST);
const port = await listen(server, 0, 'localhost');
const executablePath = findChromium();
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  await page.goto(`http://localhost:${port}/?backend=wasm`);
  const status = page.getByRole('status', { name: 'Run status' });
  await status.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
  if (photo !== undefined) await page.getByLabel('Add files').setInputFiles(photo);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    (wanted) => {
      const text = document.querySelector('[role=status]')?.textContent ?? '';
      return Number(/step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '')) >= wanted;
    },
    steps,
    { timeout: 0, polling: 500 },
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  // The last measurements arrive after the pause, and the pieces glide.
  await page.waitForTimeout(5000);
  const picture = await sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toBuffer();
  await writeFile(path.join(ROOT, 'docs', 'screenshot.png'), picture);
  console.log(`docs/screenshot.png: ${Math.round(picture.length / 1000)} kB`);
} finally {
  await browser.close();
  server.close();
}
