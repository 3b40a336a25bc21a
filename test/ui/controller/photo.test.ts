import { expect, it } from 'vitest';
import { baseName, isPhoto, nameFile } from '../../../src/ui/controller/photo.ts';

it('keeps the path below a dropped or picked folder', () => {
  const file = new File(['x'], '1.jpg');
  expect(nameFile(file).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: './1.jpg' })).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: '/flowers/rose/1.jpg' })).path).toBe('flowers/rose/1.jpg');
  expect(baseName('flowers/rose/1.jpg')).toBe('1.jpg');
});

it('takes pictures for photos, by type or by name, and archives for data', () => {
  const named = (path: string, type = '') => ({ path, file: new Blob(['x'], { type }) });
  expect(isPhoto(named('noname', 'image/png'))).toBe(true);
  expect(isPhoto(named('CAT.JPEG'))).toBe(true);
  expect(isPhoto(named('pictures.zip', 'application/zip'))).toBe(false);
  expect(isPhoto(named('train-images-idx3-ubyte.gz'))).toBe(false);
  expect(isPhoto(named('data_batch_1.bin'))).toBe(false);
});
