import { expect, it } from 'vitest';
import { EXPECTED_HASHES, storyHashes } from './storyHashes.ts';

it('writes the same stories in a browser as in Node', async () => {
  expect(await storyHashes()).toEqual(EXPECTED_HASHES);
});
