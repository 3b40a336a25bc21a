import { expect, it } from 'vitest';
import { wouldLose } from '../../src/ui/leave.ts';
import { type KeepingState, NOT_KEEPING } from '../../src/ui/store/keeping.ts';
import { NO_RUN } from '../../src/ui/store/run.ts';
import { NOTHING_KEPT } from '../../src/ui/store/runs.ts';
import type { Phase } from '../../src/worker/protocol.ts';

const loses = (phase: Phase, step: number, keptStep: number | null = null, keeping: Partial<KeepingState> = {}): boolean =>
  wouldLose({
    run: { ...NO_RUN, phase, step },
    kept: { ...NOTHING_KEPT, keptStep },
    keeping: { ...NOT_KEEPING, ...keeping },
  });

it('asks while a run trains, and for what a rested one has learned', () => {
  expect(loses('running', 3)).toBe(true);
  expect(loses('paused', 200)).toBe(true);
  expect(loses('finished', 3000)).toBe(true);
});

it('does not ask for nothing', () => {
  expect(loses('opening', 0)).toBe(false);
  expect(loses('ready', 0)).toBe(false);
  expect(loses('running', 0)).toBe(false);
  expect(loses('paused', 10)).toBe(false);
});

it('does not ask for what is kept, but for what came after', () => {
  expect(loses('finished', 3000, 3000)).toBe(false);
  expect(loses('paused', 200, 200)).toBe(false);
  expect(loses('running', 260, 200)).toBe(true);
});

it('does not ask where the run is written as it goes, and does again once it is not', () => {
  const saved = { step: 240, at: 0, bytes: 1 };
  expect(loses('running', 260, null, { saved })).toBe(false);
  expect(loses('running', 260, null, { saved, mode: 'stopped' })).toBe(true);
  expect(loses('running', 260, null, { mode: 'off' })).toBe(true);
});
