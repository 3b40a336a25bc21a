import { expect, it } from 'vitest';
import { hueOf } from '../../../src/ui/study/hues.ts';

it('tells 36 lines apart, the first six by colour and dash both', () => {
  const styles = Array.from({ length: 36 }, (_, index) => hueOf(index));
  expect(new Set(styles.map((hue) => JSON.stringify(hue))).size).toBe(36);
  expect(new Set(styles.slice(0, 6).map(({ dash }) => dash)).size).toBe(6);
  expect(new Set(styles.slice(0, 6).map(({ stroke }) => stroke)).size).toBe(6);
});
