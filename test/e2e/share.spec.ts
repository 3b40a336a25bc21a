import { App, expect, test } from './app.ts';

test('a shared link gives the same experiment and the same numbers', async ({ app, page, browser }) => {
  await app.open({ 'optimiser.steps': '30', 'optimiser.seed': '5', 'task.maskRatio': '0.25' });
  await app.button('Train').click();
  await expect(app.status).toHaveText('Finished step 30 of 30');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.button('Share').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('optimiser.seed=5');

  const context = await browser.newContext();
  const other = new App(await context.newPage());
  await other.page.goto(link);
  await other.isReady();
  await other.button('Train').click();
  await expect(other.status).toHaveText('Finished step 30 of 30');
  const expected = await app.curves();
  expect(expected[0]).toMatch(/train [\d.]+ %/);
  await expect.poll(() => other.curves()).toEqual(expected);
  expect(other.complaints).toEqual([]);
  await context.close();
});

test('names the settings of a link that are out of range, and runs with their defaults', async ({ app, page }) => {
  await app.open({ 'model.depth': '99', 'optimiser.seed': '-1', 'data.dataset': 'cats', backend: 'abacus' });
  await expect(app.alert).toContainText('Depth (model.depth) must be a whole number from 0 to 12, not "99".');
  await expect(app.alert).toContainText('Seed (optimiser.seed) must be a whole number from 0 to 999999999');
  await expect(app.alert).toContainText('Dataset (data.dataset) must be one of scenes, faces, digits');
  await expect(app.alert).toContainText('abacus');
  await expect(page.getByRole('slider', { name: 'Depth' })).toHaveAttribute('aria-valuenow', '4');
  await app.alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(app.alert).toHaveCount(0);
});

test('has the settings of now in the address, whichever page is gone back to', async ({ app, page }) => {
  await app.open({ 'optimiser.seed': '3' });
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByRole('link', { name: 'Pretrain' }).click();
  const seed = page.getByRole('spinbutton', { name: 'Seed, exact value' });
  await seed.fill('5');
  await seed.press('Enter');
  await expect(page).toHaveURL(/optimiser\.seed=5/);
  await page.goBack();
  await expect(page).toHaveURL(/optimiser\.seed=5.*#compare/);
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/optimiser\.seed=5/);
  await expect(app.region('Board')).toBeVisible();
});

test('opens a preset by its name, with other settings over it, and tells how far it is in the title', async ({ app, page }) => {
  await page.goto(
    './?preset=mae-scenes&backend=wasm&data.dataset=digits&optimiser.steps=25&model.width=32&model.depth=1&optimiser.batch=4',
  );
  await app.isReady();
  await expect(page.getByRole('combobox', { name: 'Objective' })).toHaveText('MAE');
  await expect(page).toHaveTitle(/^Patchwork: /);
  await app.button('Train').click();
  await expect(app.status).toHaveText('Finished step 25 of 25');
  await expect(page).toHaveTitle('Done - Patchwork');
});

test('names what an address asks for in vain, once', async ({ app, page }) => {
  await app.open({ preset: 'mae-scene', junk: '1', 'model.depth': '99' });
  await expect(app.alert).toContainText('There is no preset "mae-scene". There are: mp3-scenes, ');
  await expect(app.alert).toContainText('"junk" means nothing here.');
  await expect(page).not.toHaveURL(/junk|preset|depth=99/);
  await page.reload();
  await app.isReady();
  await expect(app.alert).toHaveCount(0);
});
