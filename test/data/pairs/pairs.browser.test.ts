import { expect, it } from 'vitest';
import { EXPECTED_HASHES, pairHashes } from './pairHashes.ts';

it('makes the same pairs in a browser as in Node, their corruption included', () => {
  expect(pairHashes()).toEqual(EXPECTED_HASHES);
});
