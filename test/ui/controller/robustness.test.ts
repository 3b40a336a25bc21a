import { beforeEach, describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { type RobustnessRow, rowName } from '../../../src/trainer/robustness/plan.ts';
import type { RobustnessEvent } from '../../../src/worker/protocol.ts';
import type { FakeRobustness } from '../fakes.ts';
import { controller, fakeBrowser, running, state, workplace } from './openPage.ts';

fakeBrowser();

const CONFIG: RunConfig = presetRun('contrastive-pairs');
const BEGAN: RobustnessEvent = {
  type: 'began',
  device: 'WebAssembly',
  facts: { classes: 10, samples: 1000, largestClass: 0.1 },
  shown: {
    modality: 'pair',
    count: 0,
    classes: [],
    pixels: new Uint8Array(),
    width: 32,
    height: 32,
    channels: 1,
  },
  warnings: [],
};

function row(method: RobustnessRow['method'], trainedOn: string): RobustnessRow {
  return { method, trainedOn, seed: 1, accuracy: Array(7).fill(0.5), counts: Array(7).fill(1000) };
}

/** Asks for the study of the run under way; its weights are these bytes. */
async function start(bytes: number[]): Promise<FakeRobustness> {
  const begun = controller.robustness.start('current');
  workplace.trainer.tells({ type: 'saved', bytes: Uint8Array.from(bytes) });
  await begun;
  const study = workplace.robustness.at(-1);
  if (study === undefined) throw new Error('no worker was started');
  return study;
}

const known = (study: FakeRobustness) => study.take().flatMap((command) => command.known);

beforeEach(() => running(CONFIG, 1500, 'paused'));

describe('RobustnessController', () => {
  it('goes on where it was stopped, with the rows that are there', async () => {
    const first = await start([1, 2, 3]);
    expect(known(first)).toEqual([]);
    first.says(BEGAN);
    const rows = [row('LP', 'picture'), row('FT', 'picture')];
    for (const one of rows) first.says({ type: 'row', row: one });
    controller.robustness.stop();
    expect(first.ended).toBe(true);
    expect(state().robustness.report).toMatchObject({ outcome: 'stopped', rows });
    controller.robustness.choose({ seeds: 2, methods: ['LP'] });
    const second = await start([1, 2, 3]);
    expect(known(second)).toEqual(rows.map(rowName));
    second.says(BEGAN);
    second.says({ type: 'row', row: row('LP', 'sound') });
    second.says({ type: 'finished' });
    const { report, work } = state().robustness;
    expect(work).toBeNull();
    expect(report?.outcome).toBe('finished');
    expect(report?.rows.map(rowName)).toEqual(['LP picture 1', 'FT picture 1', 'LP sound 1']);
    // What was asked before is still shown.
    expect(report?.asked).toMatchObject({ seeds: [1, 2], methods: ['LP', 'FT', 'MASD', 'MASD*'] });
  });

  it('mixes no rows of other weights, or of other labels', async () => {
    const first = await start([1, 2, 3]);
    first.says(BEGAN);
    first.says({ type: 'row', row: row('LP', 'picture') });
    controller.robustness.stop();
    const other = await start([1, 2, 4]);
    expect(known(other)).toEqual([]);
    controller.robustness.stop();
    controller.robustness.choose({ labelsPerClass: 20 });
    expect(known(await start([1, 2, 3]))).toEqual([]);
  });

  it('keeps what was found when the next one cannot begin, and says why', async () => {
    const first = await start([1, 2, 3]);
    first.says(BEGAN);
    first.says({ type: 'row', row: row('LP', 'picture') });
    first.says({ type: 'finished' });
    controller.robustness.choose({ labelsPerClass: 500 });
    (await start([1, 2, 3])).says({ type: 'error', error: { name: 'BadDataError', message: 'Too few labels.' } });
    expect(state().robustness).toMatchObject({ problem: 'Too few labels.', work: null, report: { outcome: 'finished' } });
  });
});
