/** What else may happen to a tab whose run trains: it crashes, it is put away, it comes back on another engine; and the screen that stays on meanwhile. */
import { expect, test } from './app.ts';
import { isWritten, said, trainAndRest } from './keeping.ts';

const LONG = { 'optimiser.steps': '100000' };

test('a tab that crashes comes back with its run', async ({ app, page }) => {
  await app.open(LONG);
  const step = await trainAndRest(app, 5);
  // Playwright gives a crashed page up; this session does not.
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => {});
  await crashed;
  await devtools.send('Page.reload');
  const expression = `document.querySelector('[role=status][aria-label="Run status"]')?.textContent ?? ''`;
  // While it is loaded there may be nothing to ask.
  const read = async (): Promise<string> =>
    String((await devtools.send('Runtime.evaluate', { expression }).catch(() => null))?.result.value);
  await expect.poll(read, { timeout: 45_000 }).toMatch(new RegExp(`^Paused step ${said(step)} of`));
});

test('a tab that was put away while it trained goes on by itself', async ({ app, page }) => {
  await app.open(LONG);
  await app.button('Train').click();
  const { step } = await isWritten(page, 1);
  // No protocol discards a tab: as the browser says it of one that was.
  await page.addInitScript(() => Object.defineProperty(document, 'wasDiscarded', { value: true }));
  await page.reload();
  await expect(page.getByText('The browser had put this tab away; training goes on.')).toBeVisible({ timeout: 45_000 });
  await app.reach(step + 5);
});

test('a run that comes back on another engine says so, and its curves have a line there', async ({ app, page }) => {
  await app.open({ 'optimiser.batch': '2' });
  const step = await trainAndRest(app, 5);
  await page.evaluate(() => history.replaceState(history.state, '', location.href.replace('backend=wasm', 'backend=cpu')));
  await page.reload();
  const back = page.locator('.notice').filter({ hasText: `Back at step ${said(step)}` });
  await expect(back).toContainText('Numbers will differ in the last digits from here on.', { timeout: 45_000 });
  await expect(back).toContainText(/It ran on WebAssembly.* and goes on with JavaScript/);
  await expect(page.locator('path[data-mark*="other last digits"]').first()).toBeAttached();
});

test('the screen stays on while it trains, and no longer', async ({ app, page }) => {
  await page.addInitScript(() => {
    const locks = { asked: 0, released: 0 };
    const request = async () => {
      locks.asked += 1;
      const release = async (): Promise<void> => {
        locks.released += 1;
      };
      return { released: false, release };
    };
    Object.assign(globalThis, { locks });
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const locks = () => page.evaluate(() => ({ ...Reflect.get(globalThis, 'locks') }));
  await app.open(LONG);
  expect(await locks()).toEqual({ asked: 0, released: 0 });
  await app.button('Train').click();
  await expect.poll(locks).toEqual({ asked: 1, released: 0 });
  await app.button('Pause').click();
  await expect.poll(locks).toEqual({ asked: 1, released: 1 });
});
