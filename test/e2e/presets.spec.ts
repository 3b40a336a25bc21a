/** The list of presets, what they wait for, and settings that are off. */
import { expect, test } from './app.ts';

/** A CIFAR-10 binary batch: a label and 32 x 32 colour pixels, plane by plane, for each picture. */
function cifarBatch(count: number): Buffer {
  const record = 1 + 3 * 32 * 32;
  return Buffer.from(
    Array.from({ length: count * record }, (_, at) =>
      at % record === 0 ? Math.floor(at / record) % 10 : (at * 37 + (at >> 7)) % 256,
    ),
  );
}

test('lists presets in groups, with what one will see and how long it takes here', async ({ app, page }) => {
  await app.open();
  const list = page.getByRole('combobox', { name: 'Preset' });
  await list.click();
  await expect(page.getByRole('listbox')).toContainText('Times here: not measured yet');
  await expect(page.getByRole('group', { name: 'Painting what is hidden (MAE, SimMIM)' }).getByRole('option')).toHaveText([
    /^Scenes, MAE.*a light decoder paints them/,
    /^Scenes, SimMIM/,
  ]);
  await page.keyboard.press('Escape');
  await app.button('Train').click();
  await app.reach(10);
  await app.button('Pause').click();
  await list.click();
  await expect(page.getByRole('option', { name: 'Scenes, 64 pieces' })).toContainText(/about [\d.]+ (s|min|h) here/);
  await page.getByRole('option', { name: 'Scenes, DropPos' }).click();
  await expect(list).toHaveText('Scenes, DropPos');
});

test('says where to get what a preset waits for, and starts with it', async ({ app, page }) => {
  await app.open({ 'optimiser.steps': '3000' });
  await page.getByRole('combobox', { name: 'Preset' }).click();
  await page.getByRole('option', { name: 'CIFAR-10, 16 pieces' }).click();
  const link = app.region('Data').getByRole('link', { name: 'www.cs.toronto.edu/~kriz/cifar.html' });
  await expect(link).toHaveAttribute('href', 'https://www.cs.toronto.edu/~kriz/cifar.html');
  await expect(link).toHaveAttribute('target', '_blank');
  await page
    .getByLabel('Add files')
    .setInputFiles({ name: 'data_batch_1.bin', mimeType: 'application/octet-stream', buffer: cifarBatch(60) });
  await expect(link).toHaveCount(0);
  await expect(app.status).toHaveText('Ready step 0 of 3,000');
  await expect(app.region('Model')).toContainText('16 patches');
  await expect(page.getByRole('spinbutton', { name: 'Width, exact value' })).toHaveValue('128');
});

test('switches off what does nothing, and says why', async ({ app, page }) => {
  await app.open();
  const known = page.getByRole('spinbutton', { name: 'Known positions, exact value' });
  await expect(known).toBeDisabled();
  await expect(app.region('Task')).toContainText('only for DropPos');
  await page.getByRole('combobox', { name: 'Masked patches' }).click();
  await page.getByRole('option', { name: /DropPos/ }).click();
  await expect(known).toBeEnabled();
  await expect(page.getByRole('combobox', { name: 'Class token' })).toBeDisabled();
  await expect(app.region('Task')).toContainText('DropPos always has one');
});

test('speaks of the objective at hand in every panel', async ({ app, page }) => {
  const about = async (name: string): Promise<string> => {
    await page.getByRole('button', { name: `What am I looking at? ${name}` }).click();
    const text = (await page.getByRole('dialog', { name: `About: ${name}` }).textContent()) ?? '';
    await page.keyboard.press('Escape');
    return text;
  };
  await app.open();
  expect(await about('Model')).toMatch(/no positions at all.*content-only floor/);
  expect(await about('Data')).toContain('Labels are not used for learning');
  expect(await about('Optimiser')).toContain('Everything here but the seed can change');
  await app.open({ 'task.objective': 'mp3', 'mp3.masked': 'positions', 'task.maskRatio': '0.5' });
  expect(await about('Model')).toContain('told the place of a few patches');
  await app.open({ 'task.objective': 'mae' });
  expect(await about('Model')).toMatch(/fixed waves.*there is no attention/);
  await app.open({ 'task.objective': 'supervised' });
  expect(await about('Model')).toContain('a learned vector');
  expect(await about('Data')).toContain('Labels are what it learns from');
  await app.open({ 'task.objective': 'selfDistillation' });
  expect(await about('Data')).toContain('The first phase learns from pictures of its own');
  expect(await about('Optimiser')).toMatch(/but the seed and the steps can change.*its own warm-up/);
});
