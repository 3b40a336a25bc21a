import { beforeEach, describe, expect, it } from 'vitest';
import type { BenchReport } from '../../../src/bench/report.ts';
import { defaultRun } from '../../../src/config/run.ts';
import type { BenchController } from '../../../src/ui/controller/bench.ts';
import { type Controller, startController } from '../../../src/ui/controller/controller.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo } from '../fakes.ts';
import { fakeAddress } from './openPage.ts';

const REPORT: BenchReport = { steps: 1, flopsPerStep: 1, parity: null, peak: null, batchMs: 0, rows: [], absent: [] };

let workplace: FakeWorkplace;
let bench: BenchController;

const state = () => workplace.store.getState().bench;
const commands = () => workplace.trainer.take().map(({ type }) => type);
const newest = () => {
  const found = workplace.benches.at(-1);
  if (found === undefined) throw new Error('no worker was started');
  return found;
};

let controller: Controller;

beforeEach(() => {
  workplace = fakeWorkplace();
  controller = startController(workplace.store, workplace, '');
  bench = controller.bench;
  workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset' });
  workplace.trainer.tells({ type: 'phase', phase: 'running', step: 5 });
  workplace.trainer.take();
});

fakeAddress();

describe('a measurement', () => {
  it('takes one size after the other, each in a worker of its own', () => {
    bench.choose({ sizes: ['tiny', 'base'], steps: 1 });
    bench.start();
    expect(newest().take()).toEqual([{ type: 'measure', config: 'tiny', backend: 'wasm', steps: 1, paritySteps: 20 }]);
    expect(state().work).toMatchObject({ config: 'tiny', waiting: ['base'] });
    newest().says({ type: 'measured', device: 'WebAssembly', report: REPORT });
    expect(workplace.benches.map(({ ended }) => ended)).toEqual([true, false]);
    expect(newest().take()).toMatchObject([{ config: 'base', paritySteps: 1 }]);
    newest().says({ type: 'measured', device: 'WebAssembly', report: REPORT });
    expect(state().work).toBeNull();
    expect(state().outcomes.map(({ config, ok }) => [config, ok])).toEqual([
      ['tiny', true],
      ['base', true],
    ]);
  });

  it('pauses training, which goes on afterwards', () => {
    bench.start();
    expect(commands()).toEqual(['pause']);
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 6 });
    newest().says({ type: 'measured', device: 'WebAssembly', report: REPORT });
    expect(commands()).toEqual(['train']);
  });

  it('is not falsified by training that somebody starts beside it', () => {
    bench.start();
    workplace.trainer.take();
    controller.experiment.toggle();
    controller.experiment.step();
    expect(commands()).toEqual([]);
    expect(workplace.store.getState().notices.at(-1)?.text).toContain('Bench is measuring');
    bench.stop();
    workplace.trainer.take();
    controller.experiment.step();
    expect(commands()).toEqual(['step']);
  });

  it('leaves a run alone that was not training', () => {
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 6 });
    bench.start();
    bench.stop();
    expect(commands()).toEqual([]);
  });

  it('can be stopped: what was found stays, what comes late is not heard', () => {
    bench.choose({ sizes: ['tiny', 'small'] });
    bench.start();
    newest().says({ type: 'measured', device: 'WebAssembly', report: REPORT });
    const late = newest();
    bench.stop();
    late.says({ type: 'measured', device: 'WebAssembly', report: REPORT });
    expect(late.ended).toBe(true);
    expect(state().work).toBeNull();
    expect(state().outcomes.map(({ config }) => config)).toEqual(['tiny']);
    expect(commands()).toEqual(['pause', 'train']);
  });

  it('that fails says why and goes on with the next size', () => {
    bench.choose({ sizes: ['tiny', 'small', 'base'] });
    bench.start();
    newest().says({ type: 'error', error: { name: 'ParityError', message: 'The losses differ.' } });
    newest().crash('out of memory');
    expect(state().work).toMatchObject({ config: 'base', waiting: [] });
    expect(state().outcomes).toMatchObject([
      { config: 'tiny', ok: false, problem: 'The losses differ.' },
      { config: 'small', ok: false, problem: 'The measurement stopped (out of memory).' },
    ]);
  });

  it('replaces the old numbers of its size', () => {
    for (const batchMs of [1, 2]) {
      bench.start();
      newest().says({ type: 'measured', device: 'WebAssembly', report: { ...REPORT, batchMs } });
    }
    expect(state().outcomes).toMatchObject([{ config: 'tiny', report: { batchMs: 2 } }]);
  });

  it('of nothing does not begin', () => {
    bench.choose({ sizes: [] });
    bench.start();
    expect(workplace.benches).toEqual([]);
    expect(state().work).toBeNull();
  });
});
