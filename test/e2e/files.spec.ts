import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './app.ts';
import { drop } from './drop.ts';
import { makeFolder, makeIdx, makeZip, photo, realData } from './pictures.ts';

test('pins a dropped photo to the board in the middle of a run', async ({ app, page }) => {
  await app.open();
  await app.button('Train').click();
  await app.reach(5);
  await drop(app, [{ name: 'cat on a mat.jpg', buffer: await photo(7, 1600, 900) }]);
  await expect(app.region('Data')).toContainText('cat on a mat.jpg is on the board');
  const then = await app.step();
  expect(then).toBeGreaterThanOrEqual(5);
  await app.reach(then + 5);
  const pinned = app.region('Board').getByRole('group').first();
  await expect(pinned).toContainText(/your photo/i);
  await expect(pinned).toContainText(/of 16 right/);
  await expect(app.button('Pause')).toBeVisible();

  await app.button('Take your photo off the board').click();
  await expect(page.getByText(/your photo/i)).toHaveCount(0);
});

test('asks for a file once more that was dropped before the page could take it', async ({ app, page }) => {
  const held: (() => void)[] = [];
  await page.route(/\/DropZone-[^/]*\.js$/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await app.open();
  const again = page.getByText('Drop it once more.');
  await drop(app, [{ name: 'early.jpg', buffer: await photo(7, 64, 64) }]);
  await expect(again).toBeVisible();
  for (const release of held) release();
  await expect(async () => {
    await drop(app, [{ name: 'cat on a mat.jpg', buffer: await photo(7, 64, 64) }]);
    await expect(app.region('Data')).toContainText('cat on a mat.jpg is on the board', { timeout: 2000 });
  }).toPass();
});

test('says why a photo cannot be used, and goes on', async ({ app }) => {
  await app.open();
  await app.button('Train').click();
  await drop(app, [{ name: 'torn.jpg', buffer: (await photo(1)).subarray(0, 300) }]);
  await expect(app.alert).toContainText(/^torn\.jpg (?!.*torn\.jpg)/);
  await expect(app.region('Data').getByRole('list', { name: 'Files not used' })).not.toContainText(/torn\.jpg.*torn\.jpg/);
  await app.reach((await app.step()) + 3);
});

test('trains on a folder: classes, counts, and what was refused', async ({ app, page }, info) => {
  await app.open();
  await app.button('Train').click();
  await page.getByLabel('Add folder').setInputFiles(await makeFolder(info.outputPath()));
  await expect(app.region('Data')).toContainText(/holiday.*11 images, 2 classes, 1 held out/);
  await expect(app.region('Data')).toContainText('1 file and 1 text not used, 12 pictures used');
  await expect(app.region('Data')).toContainText('broken.jpg');
  await expect(app.region('Data')).toContainText('notes.txt');
  // What trained trains on, on what was brought.
  await expect(app.button('Pause')).toBeVisible();
  await app.reach(3);
});

test('trains on a .zip, whatever its names try', async ({ app, page }) => {
  await app.open();
  await page.getByLabel('Add files').setInputFiles({ name: 'holiday.zip', mimeType: 'application/zip', buffer: await makeZip() });
  await expect(app.region('Data')).toContainText(/holiday\.zip.*2 classes/);
  await expect(app.region('Data')).toContainText('1 file and 1 text not used, 12 pictures used');
  await expect(app.region('Data')).toContainText('climbing.jpg');
  await app.button('Clear the list of files not used').click();
  await expect(app.region('Data')).not.toContainText('not used');
  await expect(app.region('Data')).toContainText('11 images, 2 classes');
});

test('reads IDX files, gzipped and plain, and keeps the run when one is cut off', async ({ app, page }) => {
  await app.open();
  await app.button('Train').click();
  const cut = { name: 'cut-idx3-ubyte', mimeType: '', buffer: makeIdx(0).subarray(0, 9) };
  await page.getByLabel('Add files').setInputFiles([cut]);
  await expect(app.alert).toContainText('cut-idx3-ubyte');
  await app.reach((await app.step()) + 3);

  const whole = { name: 'train-images-idx3-ubyte.gz', mimeType: '', buffer: gzipSync(makeIdx(40)) };
  await page.getByLabel('Add files').setInputFiles([whole, cut]);
  await expect(app.region('Data')).toContainText(/36 images, no labels, 4 held out/);
  await expect(app.region('Data')).toContainText('1 file not used, 40 pictures used');
});

test('survives the broken files of the shared data', async ({ app, page }) => {
  const folder = realData('idx-made-bad');
  test.skip(folder === undefined, 'there is no shared data beside this checkout, and PATCHWORK_DATA is not set');
  await app.open();
  await page.getByLabel('Add folder').setInputFiles(String(folder));
  await expect(app.region('Data')).toContainText(/10 files not used/, { timeout: 30_000 });
  await app.button('Train').click();
  await app.reach(3);
});

test('reads real photos', async ({ app, page }) => {
  const folder = realData('photos');
  test.skip(folder === undefined, 'there is no shared data beside this checkout, and PATCHWORK_DATA is not set');
  await app.open();
  await page.getByLabel('Add folder').setInputFiles(String(folder));
  await expect(app.region('Data')).toContainText(/photos.*images/, { timeout: 30_000 });
});

test('tells every class with its counts, and takes another folder for it', async ({ app, page }, info) => {
  await app.open();
  const folder = path.join(info.outputPath(), 'plants');
  for (const [i, place] of ['Tomato/healthy', 'Tomato/ill', 'Potato/healthy', 'Potato/ill'].entries()) {
    mkdirSync(path.join(folder, place), { recursive: true });
    for (let k = 0; k < 4; k++) writeFileSync(path.join(folder, place, `${k}.jpg`), await photo(10 * i + k));
  }
  await page.getByLabel('Add folder').setInputFiles(folder);
  const data = app.region('Data');
  await expect(data).toContainText('14 images, 4 classes, 2 held out');
  await expect(data).toContainText('Class = path of folders: Potato/healthy, Potato/ill, Tomato/healthy, Tomato/ill.');
  await data.getByRole('button', { name: '4 classes' }).click();
  const rows = page.getByRole('region', { name: 'Pictures of every class' }).getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1)).toHaveText(/Potato\/healthy[34][01]/);
  await page.getByRole('combobox', { name: 'Classes by' }).click();
  await page.getByRole('option', { name: '1st folder' }).click();
  await expect(data).toContainText('Class = 1st folder: Potato, Tomato.');
  await expect(data.getByRole('button', { name: '2 classes' })).toBeVisible();
  await expect(page).toHaveURL(/data\.classLevel=1/);
});
