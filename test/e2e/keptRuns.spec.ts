/** The list of kept runs: over reloads, in other tabs, renamed, deleted and brought back, and as files. */
import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { pretrain, SHORT } from './pretrained.ts';

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
