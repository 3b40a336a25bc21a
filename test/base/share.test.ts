import { expect, it } from 'vitest';
import { within } from '../../src/base/share.ts';

it('gives work its part of the share of other work, and what it returns', () => {
  function* work(): Generator<number, string, void> {
    yield 0;
    yield 0.5;
    return 'done';
  }
  const part = within(work(), 0.2, 0.8);
  expect([part.next(), part.next(), part.next()]).toEqual([
    { value: 0.2, done: false },
    { value: 0.5, done: false },
    { value: 'done', done: true },
  ]);
});
