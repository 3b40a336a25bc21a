/** Steps that are drawn while the one before computes, against steps that are drawn when they begin: nothing may differ, not a bit. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startingRun, withObjective } from '../../src/config/presets.ts';
import { robustRun } from '../../src/config/robustRun.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings, withSetting } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { startThread, wasmPlace } from '../../src/engine/environment.node.ts';
import { openWasm } from '../../src/engine/wasm.ts';
import { limitSimdThreads } from '../../src/ops/simd/register.ts';
import type { Drawer } from '../../src/trainer/drawer.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import { OF_ONE_KIND } from '../oneKind.ts';
import { rampPairs, tinyPairsConfig } from '../tinyPairs.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';
import { bytesOf, readRunFileState } from './resuming.ts';
import { numbersOf } from './stepNumbers.ts';
import { pairs, range, tiny } from './tinyPairRuns.ts';

const SLOW = { timeout: 120_000 };
/** One that is recorded, one that is checked, and the first that is only replayed: behind it a step is drawn ahead. */
const UNTIL_AHEAD = 3;

// Never alone: how busy the machine is must not decide what is tested.
beforeAll(async () => expect(await openWasm(wasmPlace({ threads: 2, startThread, backsOff: false }))).toBe(2));
afterEach(() => limitSimdThreads(Number.POSITIVE_INFINITY));

const drawerOf = (run: Run) => Reflect.get(run, 'drawer') as Drawer;
const isAhead = (run: Run) => Reflect.get(drawerOf(run), 'ahead') !== undefined;

/** The same run without drawing ahead. */
function drawnLate(config: RunConfig, dataset: Dataset): Run {
  const run = new Run(config, dataset);
  drawerOf(run).drawAhead = () => {};
  return run;
}

/** Both ways over changes of batch and mask ratio, and from a file that is written while a step is drawn ahead. */
async function compare(config: RunConfig, dataset: Dataset): Promise<void> {
  const long = withSetting(config, 'optimiser.steps', 40);
  const [ahead, late] = [new Run(long, dataset), drawnLate(long, dataset)];
  const both = async (steps: number) => {
    const numbers = await numbersOf(ahead, steps);
    expect(numbers).toEqual(await numbersOf(late, steps));
    return numbers;
  };
  await both(UNTIL_AHEAD);
  expect([isAhead(ahead), isAhead(late)]).toEqual([true, false]);
  const file = await bytesOf(ahead);
  const rest = await both(UNTIL_AHEAD + 1);
  // Put back to another place, it does not take the step that it has drawn for that one.
  expect(isAhead(ahead)).toBe(true);
  ahead.restore(readRunFileState(file, ahead));
  expect(await numbersOf(ahead, rest.length)).toEqual(rest);
  for (const [path, value] of [
    ['optimiser.batch', 3],
    ['task.maskRatio', long.task.maskRatio > 0 ? 0.5 : 0],
    ['optimiser.learningRate', 0.0007],
  ] as const) {
    expect(isAhead(ahead)).toBe(true);
    for (const run of [ahead, late]) run.config = withSetting(run.config, path, value);
    await both(UNTIL_AHEAD + 1);
  }
  expect(await ahead.readWeights()).toEqual(await late.readWeights());
  const resumed = new Run(long, dataset);
  resumed.restore(readRunFileState(file, resumed));
  expect(await numbersOf(resumed, rest.length)).toEqual(rest);
  for (const run of [ahead, late, resumed]) run.dispose();
}

describe('steps that are drawn ahead give the losses and weights of those that are not, bit for bit', () => {
  it.each(OF_ONE_KIND)('%s on pictures', SLOW, async (objective) => {
    const small = { 'picture.patch': 7, 'optimiser.batch': 4, 'picture.minCrop': 0.5 };
    // A phase that ends behind a step that was drawn ahead: the next one's optimiser begins anew.
    const settings = { ...small, 'selfDistillation.pretrainSteps': 17 };
    await compare(applySettings(withObjective(tinyConfig(), objective), settings), rampDataset());
  });

  it.each(['mp3', 'simmim', 'data2vec'] as const)('%s on texts', SLOW, async (objective) => {
    await compare(textConfig(objective), storyFiles('tales'));
  });

  it('mae on sounds', SLOW, async () => {
    const { name, train, heldOut } = await builtInDataset('syllables', formWith(), 1);
    const few = (set: typeof train, count: number) => selectSamples(set, range(count));
    const small = { 'model.width': 32, 'model.depth': 2, 'model.heads': 2, 'optimiser.batch': 4 };
    const config = applySettings(startingRun({ dataset: 'syllables', modality: 'picture' }, 'mae'), small);
    await compare(config, { name, train: few(train, 60), heldOut: few(heldOut, 20), heldOutIsTrain: false });
  });

  it('multimodalMae on pairs', SLOW, async () => {
    await compare(tiny('mae-pairs', { 'optimiser.batch': 8 }), await pairs());
  });

  it('contrastive on pairs', SLOW, async () => {
    await compare(tinyPairsConfig(), rampPairs());
  });

  it('labels on pairs, with samples that come along without', SLOW, async () => {
    const settings = { 'optimiser.batch': 8, 'robust.labelsPerClass': 12 };
    await compare(applySettings(robustRun(tinyPairsConfig()), settings), rampPairs());
  });
});

describe('drawing ahead', () => {
  const drawn = async (run: Run, steps: number): Promise<number> => {
    const draw = vi.spyOn(run.objective, 'draw');
    await numbersOf(run, steps);
    const { length } = draw.mock.calls;
    draw.mockRestore();
    return length;
  };

  it('draws each step once', async () => {
    const run = new Run(tinyConfig(), rampDataset());
    expect(await drawn(run, 6)).toBe(7);
    expect(await drawn(run, 6)).toBe(6);
    run.dispose();
  });

  it('leaves it to the step itself where nobody computes beside', async () => {
    await limitSimdThreads(1);
    const run = new Run(tinyConfig(), rampDataset());
    expect(await drawn(run, 6)).toBe(6);
    run.dispose();
  });

  it('draws nothing behind the last step', async () => {
    const run = new Run(tinyConfig({ steps: 6 }), rampDataset());
    expect(await drawn(run, 6)).toBe(6);
    run.dispose();
  });

  it('lets the step say why it cannot be drawn, and not the one before', async () => {
    const [run, other] = [new Run(tinyConfig(), rampDataset()), new Run(tinyConfig(), rampDataset())];
    await numbersOf(run, UNTIL_AHEAD);
    await numbersOf(other, UNTIL_AHEAD + 1);
    const draw = vi.spyOn(run.objective, 'draw').mockImplementation(() => {
      throw new Error('No more samples.');
    });
    await numbersOf(run, 1);
    await expect(run.step()).rejects.toThrow('No more samples.');
    draw.mockRestore();
    expect(await numbersOf(run, 3)).toEqual(await numbersOf(other, 3));
    for (const one of [run, other]) one.dispose();
  });
});
