import { expect, it } from 'vitest';
import { clipHashes, EXPECTED_HASHES } from './clipHashes.ts';

it('makes the same samples of every built-in sound in a browser as in Node', () => {
  expect(clipHashes()).toEqual(EXPECTED_HASHES);
});
