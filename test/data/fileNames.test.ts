import { expect, it } from 'vitest';
import { kindByName } from '../../src/data/fileNames.ts';

it('tells pictures and sounds by type or by name, and takes archives and texts for data', () => {
  expect(kindByName('noname', 'image/png')).toBe('picture');
  expect(kindByName('CAT.JPEG', '')).toBe('picture');
  expect(kindByName('noname', 'audio/ogg')).toBe('sound');
  expect(kindByName('Hello.FLAC', '')).toBe('sound');
  expect(kindByName('pictures.zip', 'application/zip')).toBeUndefined();
  expect(kindByName('train-images-idx3-ubyte.gz', '')).toBeUndefined();
  expect(kindByName('data_batch_1.bin', '')).toBeUndefined();
  expect(kindByName('poem.txt', 'text/plain')).toBeUndefined();
});
