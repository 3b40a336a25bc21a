import { expect, it } from 'vitest';
import { toRgba } from '../../../src/ui/canvas/picture.ts';

it('turns grey and colour pixels into opaque RGBA', () => {
  expect([...toRgba(Uint8Array.of(7, 9), 1)]).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
  expect([...toRgba(Uint8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
});
