import { expect, it } from 'vitest';
import { Pace } from '../../src/data/pace.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('reports at most about ten times a second, and the end always', async () => {
  const seen: number[] = [];
  const pace = new Pace((_, done) => seen.push(done));
  const start = performance.now();
  for (let i = 0; i < 1000; i++) await pace.tick('work', i, 1000);
  await pace.tick('work', 1000, 1000);
  const seconds = (performance.now() - start) / 1000;
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(1000);
  expect(seen.length).toBeLessThanOrEqual(3 + 10 * seconds);
});

it('lets messages in during long work', async () => {
  const pace = new Pace(() => {});
  let heard = false;
  setTimeout(() => {
    heard = true;
  }, 0);
  const start = performance.now();
  while (!heard && performance.now() - start < 2000) await pace.tick('work', 0, 1);
  expect(heard).toBe(true);
});

it('stops when it is called off', async () => {
  const controller = new AbortController();
  const pace = new Pace(() => {}, controller.signal);
  await pace.tick('work', 0, 1);
  await wait(1);
  controller.abort(new Error('enough'));
  await expect(pace.tick('work', 0, 1)).rejects.toThrow('enough');
});

it('finishes work in parts, tells its share in percent, and the end once', async () => {
  const seen: string[] = [];
  const pace = new Pace((task, done, total) => seen.push(`${task} ${done} of ${total}`));
  function* work(): Generator<number, string, void> {
    for (let i = 0; i <= 1000; i++) yield i / 1000;
    return 'made';
  }
  expect(await pace.finish('Making', work())).toBe('made');
  expect(seen[0]).toBe('Making 0 of 100');
  expect(seen.filter((line) => line === 'Making 100 of 100')).toHaveLength(1);
  expect(seen.at(-1)).toBe('Making 100 of 100');
});

it('stops work that was called off', async () => {
  const controller = new AbortController();
  const pace = new Pace(() => {}, controller.signal);
  let steps = 0;
  function* work(): Generator<number, void, void> {
    for (; ; steps++) {
      if (steps === 7) controller.abort(new Error('enough'));
      yield 0;
    }
  }
  await expect(pace.finish('Making', work())).rejects.toThrow('enough');
  expect(steps).toBe(7);
});
