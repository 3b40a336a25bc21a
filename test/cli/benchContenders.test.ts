/** Every contender takes the steps of `Run`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { patchworkEager } from '../../src/bench/eager.ts';
import { measure } from '../../src/bench/measure.ts';
import { MEASURED_RUNS, measuredRun } from '../../src/bench/measuredRuns.ts';
import { patchwork } from '../../src/bench/patchwork.ts';
import { makeProblem } from '../../src/bench/problem.ts';
import { benchSamples } from '../../src/bench/samples.ts';
import { stockTfjs } from '../../src/bench/stock.ts';
import { entrantsOf } from '../../src/cli/bench/entrants.ts';
import { jaxAutomatic } from '../../src/cli/bench/jax/automatic.ts';
import { jaxByHand } from '../../src/cli/bench/jax/byHand.ts';
import { CONTENDERS } from '../../src/cli/bench/options.ts';
import { checkRun } from '../../src/config/check.ts';
import { Run } from '../../src/trainer/run.ts';
import { toyProblem } from '../bench/toyProblem.ts';
import { startWasm } from '../tinyRun.ts';

describe('on wasm', { timeout: 60_000 }, () => {
  beforeAll(startWasm);

  it.each([0, 0.5])('all contenders have the losses of Run for 20 steps, mask ratio %d', async (maskRatio) => {
    const problem = toyProblem(maskRatio);
    const entrants = [patchwork, patchworkEager, stockTfjs, jaxAutomatic, jaxByHand];
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

  it.each(['data2vec', 'sound', 'contrastive'] as const)(
    'a recorded step of %s has the losses of one that is not',
    async (name) => {
      const run = measuredRun(name);
      const small = { ...run, optimiser: { ...run.optimiser, batch: name === 'contrastive' ? 32 : 4 } };
      const problem = makeProblem(small, await benchSamples(small));
      const entrants = entrantsOf(name === 'sound' ? ['patchwork', 'patchwork-eager', 'stock'] : CONTENDERS, {
        missing: 'nobody is asked',
      });
      const options = { problem, backend: 'wasm', steps: 1, paritySteps: 5, executes: true } as const;
      const { rows, parity, absent } = await measure(entrants, options);
      expect(rows.length + absent.length).toBe(entrants.length);
      expect(rows.map(({ contender }) => contender).slice(0, 2)).toEqual(['patchwork', 'patchwork, not recorded']);
      expect(rows[0].losses).toEqual(rows[1].losses);
      expect(parity?.difference).toBeLessThan(1e-4);
      expect(rows.some(({ contender }) => contender === 'stock tfjs')).toBe(name === 'sound');
    },
  );
});

it('measures runs that can be trained, and says who cannot take part', () => {
  for (const name of MEASURED_RUNS) expect(checkRun(measuredRun(name))).toEqual([]);
  const painting = { ...toyProblem(), config: measuredRun('mae') };
  const refusals = (missing: string) => entrantsOf(CONTENDERS, { missing }).map((one) => one.refuses?.(painting, 'wasm'));
  const alone = 'it is written for MP3 alone';
  const graphics = 'only kernels on WebGPU keep activations in 16 bits';
  expect(refusals('no torch')).toEqual([undefined, undefined, graphics, alone, alone, alone, 'no torch', 'no torch']);
});
