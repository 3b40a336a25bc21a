/** The page's actions on a trainer and a loader that are not there: what a test opens, and what it looks at. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { RunConfig } from '../../../src/config/run.ts';
import { writeUrl } from '../../../src/io/urlState.ts';
import { type Controller, startController } from '../../../src/ui/controller/controller.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo } from '../fakes.ts';

/** Those of the page that was opened last. */
export let workplace: FakeWorkplace;
export let controller: Controller;

export const state = () => workplace.store.getState();
export const alerts = () => state().notices.filter(({ kind }) => kind === 'error');
export const types = () => workplace.trainer.take().map(({ type }) => type);
export const blob = new Blob(['x']);
/** The run that the page shows has made place for another, at this step. */
export const leftAt = (step: number) => ({ run: 1, step });

/** A page that is opened with these settings. */
export function open(config: RunConfig): void {
  workplace = fakeWorkplace();
  controller = startController(workplace.store, workplace, `?${new URLSearchParams(writeUrl(config))}`);
}

/** A run that stands at `step`. */
export function running(config: RunConfig, step: number, phase: 'running' | 'paused' = 'running'): void {
  open(config);
  workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset' });
  workplace.trainer.tells({ type: 'phase', phase, step });
  workplace.trainer.take();
}

/** Somebody loads a file, and the worker that reads it hands it over. */
export async function loadWeights(name: string): Promise<void> {
  const loading = controller.experiment.loadWeights(name, blob);
  workplace.weights.at(-1)?.says({ type: 'bytes', bytes: Uint8Array.of(1) });
  await loading;
}

/**
 * An address bar: it is written a moment after the settings, be the test over or not. And a browser that has neither locks nor room to tell of,
 * with a tab that nobody looks at: what keeps runs is fetched, and asks for them whenever it is there.
 */
export function fakeAddress(): void {
  vi.stubGlobal('history', { state: null, replaceState: () => {} });
  vi.stubGlobal('location', { pathname: '/', hash: '' });
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', { visibilityState: 'hidden', addEventListener: () => {} });
}

/** For every test of a file: all that, and time that waits. */
export function fakeBrowser(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    fakeAddress();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
