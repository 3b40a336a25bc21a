/** A table of texts: its columns are found, shown, and others can be taken. */
import { expect, test } from './app.ts';

const ROWS = Array.from(
  { length: 60 },
  (_, i) => `${i},"The ${['cat', 'dog', 'cow'][i % 3]} number ${i}, that I met",${i % 2},${['x', 'y', 'z'][i % 3]}`,
);

test('reads a table, and takes other columns', async ({ app, page }) => {
  await app.open();
  const buffer = Buffer.from(['id,story,stars,animal', ...ROWS].join('\n'));
  await page.getByLabel('Add files').setInputFiles({ name: 'animals.csv', mimeType: 'text/csv', buffer });
  const data = app.region('Data');
  await expect(data).toContainText('54 texts, 4 columns, 2 classes, 6 held out');
  await app.button('4 columns').click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await expect(columns.getByRole('columnheader', { name: 'story (text)' })).toBeVisible();
  await expect(columns.getByRole('row')).toHaveCount(6);
  await columns.getByRole('combobox', { name: 'Column of the classes' }).click();
  await page.getByRole('option', { name: 'animal' }).click();
  await expect(data).toContainText('54 texts, 4 columns, 3 classes, 6 held out');
  await expect(columns.getByRole('columnheader', { name: 'animal (class)' })).toBeVisible();
  await columns.getByRole('combobox', { name: 'Column of the classes' }).click();
  await page.getByRole('option', { name: 'no labels' }).click();
  await expect(data).toContainText('54 texts, 4 columns, no labels, 6 held out');
});

test('asks which kind is meant where pictures and texts come together', async ({ app, page }) => {
  await app.open();
  const text = (i: number) => ({
    name: `${i}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(`The cat sat on mat number ${i}. It slept.`),
  });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
    'base64',
  );
  const picture = { name: 'red.png', mimeType: 'image/png', buffer: png };
  await page.getByLabel('Add files').setInputFiles([picture, ...[1, 2, 3].map(text)]);
  const which = page.getByRole('group', { name: 'Which of your files to learn from' });
  await expect(which).toContainText('Your files hold 1 picture and 3 texts. This is a set of texts');
  await which.getByRole('button', { name: 'Use the 1 picture' }).click();
  await expect(which).toContainText('This is a set of pictures');
});
