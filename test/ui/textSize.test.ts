import { expect, it, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null });
const { scaleFor } = await import('../../src/ui/textSize.ts');

it.each([
  [1920, 1080, 1.5],
  [1920, 900, 1.25],
  [1440, 900, 1.2],
  [1280, 720, 1],
  [1200, 900, 1],
  [1024, 768, 1.25],
  [1024, 400, 1.25],
  [700, 900, 1],
  [390, 844, 1],
])('draws a page of %d x %d larger by as much as fits', (width, height, scale) => {
  expect(scaleFor(true, width, height)).toBeCloseTo(scale);
  expect(scaleFor(false, width, height)).toBe(1);
});
