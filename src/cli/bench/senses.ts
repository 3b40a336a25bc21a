/** `bench --senses`: a contrastive step beside each of its encoders. */
import { measureSenses, type SensesTimes } from '../../bench/senses.ts';
import { formOf } from '../../config/modalities.ts';
import { presetRun } from '../../config/presets.ts';
import { builtInDataset } from '../../data/builtIn.ts';

const PRESET = 'contrastive-pairs';
/** What was asked of the step. */
const MOST = 2.5;

export async function benchSenses(rounds: number, onProgress: (done: number, total: number) => void): Promise<SensesTimes> {
  const config = presetRun(PRESET);
  const dataset = await builtInDataset('pairs', formOf(config), config.optimiser.seed);
  return measureSenses(config, dataset, rounds, onProgress);
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
