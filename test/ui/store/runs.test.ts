import { describe, expect, it } from 'vitest';
import { freeName } from '../../../src/ui/store/runs.ts';

describe('freeName', () => {
  it('leaves a free name alone', () => {
    expect(freeName('a (2)', ['a'])).toBe('a (2)');
  });

  it('takes the first free number behind a name that is taken', () => {
    expect(freeName('a', ['a', 'a (2)'])).toBe('a (3)');
    expect(freeName('a (2)', ['a', 'a (2)'])).toBe('a (3)');
  });
});
