import { expect, it } from 'vitest';
import { isRunId, newRunId } from '../../../src/worker/keeping/runId.ts';

it('makes ids that are all different, and takes nothing else for one', () => {
  const ids = Array.from({ length: 100 }, newRunId);
  expect(new Set(ids).size).toBe(100);
  expect(ids.every(isRunId)).toBe(true);
  const others = ['', '..', '../a', `${'0'.repeat(31)}`, `${'0'.repeat(33)}`, `${'G'.repeat(32)}`, `${'a'.repeat(31)}/`];
  expect(others.filter(isRunId)).toEqual([]);
});
