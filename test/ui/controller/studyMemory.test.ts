/** What a browser without room means for what studies found. */
import { afterEach, expect, it, vi } from 'vitest';
import { StudyMemory } from '../../../src/ui/controller/studyMemory.ts';

vi.mock('../../../src/ui/controller/parts.ts', () => ({
  RUNS_DATABASE: { get: () => Promise.resolve({ RunsDatabase: { open: () => Promise.resolve({}) } }) },
}));

afterEach(() => vi.unstubAllGlobals());

it('is said once when there is no room, and again when that comes back later', async () => {
  vi.stubGlobal('indexedDB', {});
  const written: number[] = [];
  let room = false;
  const sayFull = vi.fn();
  const memory = new StudyMemory<{ outcome: 'finished'; row: number }>({
    read: () => Promise.resolve(undefined),
    write: async (_, { row }) => {
      if (!room) throw new DOMException('no room', 'QuotaExceededError');
      written.push(row);
    },
    isEmpty: () => false,
    sayFull,
  });
  const keep = async (row: number) => {
    memory.keep({ outcome: 'finished', row });
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  for (const row of [1, 2]) await keep(row);
  await vi.waitFor(() => expect(sayFull).toHaveBeenCalledTimes(1));
  room = true;
  await keep(3);
  await vi.waitFor(() => expect(written).toEqual([3]));
  room = false;
  await keep(4);
  await vi.waitFor(() => expect(sayFull).toHaveBeenCalledTimes(2));
});
