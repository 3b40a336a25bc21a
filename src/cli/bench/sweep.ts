/** `bench --sweep`: a sweep of six mask ratios beside its six runs. */
import { BackendError } from '../../base/errors.ts';
import { measureSweep, type SweepTimes } from '../../bench/sweep.ts';
import { formOf } from '../../config/modalities.ts';
import { presetRun } from '../../config/presets.ts';
import { applySettings } from '../../config/settings.ts';
import { builtInDataset } from '../../data/builtIn.ts';

const PRESET = 'mae-scenes';
const RATIOS = [0.1, 0.3, 0.5, 0.6, 0.75, 0.9];
/** Of each run: as short as a quick look at a figure. */
const STEPS = 150;
/** What was asked of the whole. */
const MOST = 1.05;

export async function benchSweep(rounds: number, onProgress: (done: number, total: number) => void): Promise<SweepTimes> {
  const small = { 'model.width': 64, 'model.depth': 2, 'model.heads': 4, 'optimiser.batch': 32, 'optimiser.steps': STEPS };
  const base = applySettings(presetRun(PRESET), small);
  const { dataset } = base.data;
  if (dataset === 'files') throw new BackendError('The sweep is of built-in samples.');
  const samples = await builtInDataset(dataset, formOf(base), base.optimiser.seed);
  return measureSweep(base, RATIOS, samples, rounds, onProgress);
}

export function sweepText({ sweepMs, apartMs, ratio, range, rounds }: SweepTimes): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  return [
    `${PRESET}, mask ratios ${RATIOS.join(', ')}, ${STEPS} steps each and their scores: as a sweep ${seconds(sweepMs)} s, one by one ${seconds(apartMs)} s`,
    `ratio ${ratio.toFixed(3)} (single rounds ${range[0].toFixed(3)} to ${range[1].toFixed(3)}); at most ${MOST} was asked for`,
    `medians of ${rounds} rounds in turns`,
  ].join('\n');
}
