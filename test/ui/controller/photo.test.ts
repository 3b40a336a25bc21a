import { expect, it } from 'vitest';
import { baseName, nameFile } from '../../../src/ui/controller/photo.ts';

it('keeps the path below a dropped or picked folder', () => {
  const file = new File(['x'], '1.jpg');
  expect(nameFile(file).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: './1.jpg' })).path).toBe('1.jpg');
  expect(nameFile(Object.assign(new File(['x'], '1.jpg'), { path: '/flowers/rose/1.jpg' })).path).toBe('flowers/rose/1.jpg');
  expect(baseName('flowers/rose/1.jpg')).toBe('1.jpg');
});
