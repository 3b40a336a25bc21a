/** Recorded steps on WebAssembly in a browser, on the threads that it gives: the same numbers as eager steps, bit for bit. */
import { expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { expectSame, runBoth } from './stepNumbers.ts';

it('gives the numbers of eager steps', async () => {
  const notices: string[] = [];
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  await selectBackend('wasm', environment);
  const both = runBoth(tinyConfig({ batch: 4 }), rampDataset);
  await expectSame(both, 12);
  expect(both.stepper.recordings).toHaveLength(1);
  expect(notices).toEqual([]);
});
