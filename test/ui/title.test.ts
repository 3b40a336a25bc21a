import { expect, it } from 'vitest';
import { firstState } from '../../src/ui/store/store.ts';
import { titleOf } from '../../src/ui/title.ts';
import type { Phase } from '../../src/worker/protocol.ts';

function title(phase: Phase, step: number): string | null {
  const first = firstState();
  return titleOf({ ...first, run: { ...first.run, phase, step } });
}

it('tells how far the run is, of the 3,000 steps of the default one', () => {
  expect(title('running', 1273)).toBe('42 % - Patchwork');
  expect(title('running', 0)).toBe('0 % - Patchwork');
  expect(title('running', 2999)).toBe('99 % - Patchwork');
  expect(title('paused', 1500)).toBe('Paused at 50 % - Patchwork');
  expect(title('finished', 3000)).toBe('Done - Patchwork');
  expect(title('failed', 10)).toBe('Failed - Patchwork');
});

it('leaves the title alone while there is nothing to tell', () => {
  expect(title('opening', 0)).toBeNull();
  expect(title('ready', 0)).toBeNull();
});
