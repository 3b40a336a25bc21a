import { describe, expect, it } from 'vitest';
import { PRINTS, printOf } from './sameTexts.ts';

describe('texts in Node', () => {
  it.each(PRINTS)('are cut and read as everywhere: %s', async (kind, print) => {
    expect(await printOf(kind)).toBe(print);
  });
});
