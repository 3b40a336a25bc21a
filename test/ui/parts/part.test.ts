import { expect, it, vi } from 'vitest';
import { Part, PartError } from '../../../src/ui/parts/part.ts';

it('fetches a module once', async () => {
  const load = vi.fn(async () => 7);
  const part = new Part(load);
  expect(await Promise.all([part.get(), part.get()])).toEqual([7, 7]);
  expect(await part.get()).toBe(7);
  expect(load).toHaveBeenCalledTimes(1);
  expect(part.state()).toEqual({ is: 'there', value: 7 });
});

it('says in words of its own that a module did not come, and fetches it again when asked', async () => {
  const load = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  load.mockResolvedValueOnce(7);
  const part = new Part(load);
  const states: string[] = [];
  part.follow(() => states.push(part.state().is));
  await expect(part.get()).rejects.toThrow(PartError);
  await expect(new Part(() => Promise.reject(new TypeError('x'))).get()).rejects.toThrow(/could not be fetched/);
  expect(part.state()).toEqual({ is: 'missing' });
  expect(await part.get()).toBe(7);
  expect(states).toEqual(['missing', 'waiting', 'there']);
});

it('tells one failure to all who wait, and nothing to those who left', async () => {
  const part = new Part(() => Promise.reject(new Error()));
  const heard = vi.fn();
  part.follow(heard)();
  const all = await Promise.allSettled([part.get(), part.get()]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(heard).not.toHaveBeenCalled();
});
