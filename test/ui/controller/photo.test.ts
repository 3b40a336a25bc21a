import { expect, it } from 'vitest';
import { baseName, kindOfFile, nameFile } from '../../../src/ui/controller/photo.ts';

it('keeps the path below a dropped or picked folder', () => {
  const file = new File(['x'], '1.jpg');
  expect(nameFile(file).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: './1.jpg' })).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: '/flowers/rose/1.jpg' })).path).toBe('flowers/rose/1.jpg');
  expect(baseName('flowers/rose/1.jpg')).toBe('1.jpg');
});

it('tells pictures and sounds by type or by name, and takes archives for data', () => {
  const named = (path: string, type = '') => ({ path, file: new Blob(['x'], { type }) });
  expect(kindOfFile(named('noname', 'image/png'))).toBe('picture');
  expect(kindOfFile(named('CAT.JPEG'))).toBe('picture');
  expect(kindOfFile(named('noname', 'audio/ogg'))).toBe('sound');
  expect(kindOfFile(named('Hello.FLAC'))).toBe('sound');
  expect(kindOfFile(named('pictures.zip', 'application/zip'))).toBeUndefined();
  expect(kindOfFile(named('train-images-idx3-ubyte.gz'))).toBeUndefined();
  expect(kindOfFile(named('data_batch_1.bin'))).toBeUndefined();
});
