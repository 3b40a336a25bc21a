import { expect, it } from 'vitest';
import { BACKEND_REQUESTS, mayTakeGpu } from '../../src/config/backends.ts';

it('looks for a GPU for every request but those of processors', () => {
  expect(BACKEND_REQUESTS.filter((request) => !mayTakeGpu(request))).toEqual(['wasm', 'cpu']);
});
