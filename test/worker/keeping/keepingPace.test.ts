import { expect, it } from 'vitest';
import { KeepingPace } from '../../../src/worker/keeping/keepingPace.ts';

it('loses ten seconds at most, however long the page keeps a snapshot waiting', () => {
  const pace = new KeepingPace();
  pace.begin(0);
  // A snapshot that is waited for as long as it may be, and written; the next one just as late.
  const write = 100;
  const first = pace.dueIn(0);
  pace.snapshotTaken(first);
  const written = first + pace.pageHas(first) + write;
  pace.wrote(written, write);
  const second = written + pace.dueIn(written);
  pace.snapshotTaken(second);
  const end = second + pace.pageHas(second) + write;
  expect(end - first).toBeLessThan(10_000);
});

it('costs a fiftieth of the time at most', () => {
  const pace = new KeepingPace();
  pace.wrote(1000, 600);
  expect(pace.dueIn(1000)).toBe(30_000);
  expect(pace.dueIn(11_000)).toBe(20_000);
});

it('hurries when it is told to, and waits for nobody when the page goes', () => {
  const pace = new KeepingPace();
  pace.wrote(1000, 10);
  pace.hurry();
  expect(pace.dueIn(1001)).toBe(0);
  pace.snapshotTaken(1001);
  expect(pace.pageHas(1001)).toBeGreaterThan(0);
  pace.rush();
  pace.snapshotTaken(1002);
  expect(pace.pageHas(1002)).toBe(0);
  // Once it was written the page is waited for again.
  pace.wrote(1003, 10);
  pace.snapshotTaken(9000);
  expect(pace.pageHas(9000)).toBeGreaterThan(0);
});

it('does not take a snapshot of before for what was asked for after it', () => {
  for (const ask of ['hurry', 'rush'] as const) {
    const pace = new KeepingPace();
    pace.snapshotTaken(1000);
    pace[ask]();
    // A slow disk: the next write would be due in fifty times as long.
    pace.wrote(3000, 2000);
    expect(pace.dueIn(3000)).toBe(0);
    pace.snapshotTaken(3001);
    if (ask === 'rush') expect(pace.pageHas(3001)).toBe(0);
    pace.wrote(5001, 2000);
    expect(pace.dueIn(5001)).toBe(100_000);
  }
});

it('writes steps by hand as soon as the disk has rested from the last', () => {
  const pace = new KeepingPace();
  pace.wrote(3000, 2000);
  expect(pace.restsIn(3000)).toBe(2000);
  expect(pace.restsIn(6000)).toBe(0);
});

it('does not press a disk that refuses', () => {
  const pace = new KeepingPace();
  pace.hurry();
  pace.failed(1000);
  expect(pace.dueIn(1000)).toBe(7000);
  expect(pace.restsIn(1000)).toBe(7000);
});
