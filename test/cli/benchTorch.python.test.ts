/** PyTorch as a contender: the same losses as ours for 20 steps of every objective that it has, and words where it cannot take part. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTorch } from '../../scripts/python.mjs';
import type { Entrant } from '../../src/bench/contender.ts';
import { measure } from '../../src/bench/measure.ts';
import { ParityError } from '../../src/bench/parity.ts';
import { patchwork } from '../../src/bench/patchwork.ts';
import { makeProblem, type Problem } from '../../src/bench/problem.ts';
import { pytorch } from '../../src/cli/bench/torch/entrant.ts';
import { torchMessage } from '../../src/cli/bench/torch/link.ts';
import { TorchProcesses } from '../../src/cli/bench/torch/processes.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import { applySettings } from '../../src/config/settings.ts';
import { toyProblem } from '../bench/toyProblem.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

const processes = new TorchProcesses(findTorch() ?? 'python3');
const { link } = processes;

function problemOf(objective: ObjectiveName): Problem {
  const own = tinyConfig();
  const size = { 'picture.size': 28, 'picture.patch': 7, 'optimiser.steps': 40, 'optimiser.warmup': 4, 'optimiser.batch': 8 };
  return makeProblem(applySettings(withObjective(own, objective), size), rampDataset());
}

const OPTIONS = { backend: 'wasm', steps: 2, paritySteps: 20, executes: true } as const;

describe('PyTorch in the bench', { timeout: 60_000 }, () => {
  beforeAll(startWasm);
  afterAll(() => processes.close());

  it.each([
    ['mp3', toyProblem, [1]],
    ['mp3 with all in the context', () => toyProblem(0), [1]],
    ['mae', () => problemOf('mae'), [1]],
    ['data2vec', () => problemOf('data2vec'), [1]],
  ] as const)('has the losses of %s for 20 steps', async (_name, make, threads) => {
    const entrants = [patchwork, ...threads.map((count) => pytorch(count, link))];
    const { rows, parity, absent } = await measure(entrants, { ...OPTIONS, problem: make() });
    expect(absent).toEqual([]);
    expect(parity?.steps).toEqual([1, 5, 20]);
    expect(parity?.difference).toBeLessThan(2e-4);
    expect(rows.map(({ contender }) => contender)).toEqual(entrants.map(({ name }) => name));
    expect(rows[1].about).toMatch(/^PyTorch \d.*, whose products are by \S/);
    for (const { medianMs } of rows) expect(medianMs).toBeGreaterThan(0);
  });

  it('has the loss of ours with two threads', async () => {
    const { parity } = await measure([patchwork, pytorch(2, link)], { ...OPTIONS, problem: toyProblem(), paritySteps: 1 });
    expect(parity?.difference).toBeLessThan(1e-4);
  });

  it('is told no time of when it learns at another rate', async () => {
    const problem = toyProblem();
    const { optimiser } = problem.config;
    const hasty: Entrant = {
      name: 'hasty',
      enter: (one, backend) =>
        pytorch(1, link).enter({ ...one, config: { ...one.config, optimiser: { ...optimiser, learningRate: 0.006 } } }, backend),
    };
    await expect(measure([patchwork, hasty], { ...OPTIONS, problem })).rejects.toThrow(ParityError);
  });

  it('computes with as many threads as it was asked for', async () => {
    const begin = torchMessage(
      { do: 'begin', model: { objective: 'mp3', teacher: [] }, optimiser: { clip: 1, weightDecay: 0 } },
      [],
    );
    expect(JSON.parse(await link(1, begin)).error).toBeDefined();
    const [one, two] = await Promise.all(([1, 2] as const).map((threads) => link(threads, torchMessage({ do: 'threads' }, []))));
    expect([one, two].map((answer) => JSON.parse(answer).threads)).toEqual([1, 2]);
  });

  it('says what it cannot do', async () => {
    const { absent } = await measure([patchwork, pytorch(1, link)], { ...OPTIONS, problem: problemOf('simmim'), paritySteps: 1 });
    expect(absent).toEqual([{ contender: 'PyTorch, 1 thread', why: 'this step is not written in PyTorch' }]);
    const broken = new TorchProcesses('no-such-python');
    await expect(broken.link(1, torchMessage({ do: 'threads' }, []))).rejects.toThrow(/no-such-python/);
  });
});
