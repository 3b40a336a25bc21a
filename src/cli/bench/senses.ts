/** `bench --senses`: a contrastive step beside each of its encoders. */
import { BackendError } from '../../base/errors.ts';
import { measureSenses, type SensesTimes } from '../../bench/senses.ts';
import { formOf } from '../../config/modalities.ts';
import { presetRun } from '../../config/presets.ts';
import { builtInDataset } from '../../data/builtIn.ts';
import { selectBackend } from '../../engine/backend.ts';
import type { EngineEnvironment } from '../../engine/environment.ts';
import type { BenchBackend } from './options.ts';

const PRESET = 'contrastive-pairs';
/** What was asked of the step. */
const MOST = 2.5;

/** @throws BackendError where the backend cannot run */
export async function benchSenses(
  backend: BenchBackend,
  rounds: number,
  environment: EngineEnvironment,
  onProgress: (done: number, total: number) => void,
): Promise<{ device: string; times: SensesTimes }> {
  if (backend === 'null') throw new BackendError('A device that executes nothing has no times.');
  const { label } = await selectBackend(backend, environment);
  const config = presetRun(PRESET);
  const dataset = await builtInDataset('pairs', formOf(config), config.optimiser.seed);
  return { device: label, times: await measureSenses(config, dataset, rounds, onProgress) };
}

export function sensesText({ stepMs, drawingMs, encoderMs, ratio, wholeRatio, range, rounds }: SensesTimes): string {
  const encoders = encoderMs.map(({ sense, ms }) => `${sense} ${ms.toFixed(1)}`).join(', ');
  const sum = encoderMs.reduce((all, { ms }) => all + ms, 0);
  return [
    `${PRESET}: a step ${stepMs.toFixed(1)} ms, of which drawing its batch ${drawingMs.toFixed(1)}`,
    `forward and backward of ${encoders} ms, together ${sum.toFixed(1)}`,
    `ratio ${ratio.toFixed(2)} without drawing (single rounds ${range[0].toFixed(2)} to ${range[1].toFixed(2)}), ${wholeRatio.toFixed(2)} with it; at most ${MOST} was asked for`,
    `medians of ${rounds} rounds in turns`,
  ].join('\n');
}
