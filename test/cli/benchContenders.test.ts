/** Every contender takes the steps of `Run`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { measure } from '../../src/bench/measure.ts';
import { patchwork } from '../../src/bench/patchwork.ts';
import { stockTfjs } from '../../src/bench/stock.ts';
import { jaxAutomatic } from '../../src/cli/bench/jax/automatic.ts';
import { jaxByHand } from '../../src/cli/bench/jax/byHand.ts';
import { Run } from '../../src/trainer/run.ts';
import { toyProblem } from '../bench/toyProblem.ts';
import { startWasm } from '../tinyRun.ts';

describe('on wasm', { timeout: 60_000 }, () => {
  beforeAll(startWasm);

  it.each([0, 0.5])('all contenders have the losses of Run for 20 steps, mask ratio %d', async (maskRatio) => {
    const problem = toyProblem(maskRatio);
    const entrants = [patchwork, stockTfjs, jaxAutomatic, jaxByHand];
    const report = await measure(entrants, { problem, backend: 'wasm', steps: 1, paritySteps: 20, executes: true });

    expect(report.parity?.steps).toEqual([1, 5, 20]);
    expect(report.parity?.difference).toBeLessThan(1e-4);
    const run = new Run(problem.config, problem.dataset);
    for (let step = 0; step < 20; step++) {
      const { loss } = await run.step();
      for (const { losses } of report.rows) expect(Math.abs(losses[step] - loss) / loss).toBeLessThan(1e-4);
    }
    run.dispose();
  });
});
