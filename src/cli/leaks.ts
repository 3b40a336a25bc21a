/** `npm run leaks`: puzzles of sounds that give places away, beside the one that does not. */
import { BadDataError } from '../base/errors.ts';
import type { RunConfig } from '../config/run.ts';
import { withSetting } from '../config/settings.ts';
import { sampleOf } from '../data/sample.ts';
import type { Dataset, Samples } from '../data/samples.ts';
import { padded, repeated } from '../data/sound/leaks.ts';
import type { SoundSet } from '../data/sound/soundSet.ts';
import { accuracyCeiling } from '../metrics/accuracyCeiling.ts';
import { measureContentFloor } from '../trainer/contentFloor.ts';
import { positionScores } from '../trainer/puzzles.ts';
import { Run } from '../trainer/run.ts';
import { runCommand } from './command.ts';
import { openDataset, settingsOn } from './dataset.ts';
import { openEngine } from './openEngine.ts';
import { parseTrainOptions } from './options.ts';

interface Control {
  name: string;
  set(set: SoundSet): SoundSet;
  config(config: RunConfig): RunConfig;
}

const same = <T>(value: T): T => value;
const CONTROLS: readonly Control[] = [
  { name: 'as it is', set: same, config: same },
  { name: 'padded with silence', set: padded, config: same },
  { name: 'repeated', set: repeated, config: same },
  { name: 'overlapping frames', set: same, config: (config) => withSetting(config, 'sound.tokens', 'running') },
];
const TESTED = 500;

const HELP = `npm run leaks -- --data PATH [--steps N] [--set SETTING=VALUE]

Trains MP3 on sounds as Patchwork cuts them, and on the same ones filled up with silence, repeated, or cut into frames that overlap: what
accuracy is worth where pieces give their places away. Options are those of train; 600 steps unless told.`;

export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note, bar }) => {
    const options = parseTrainOptions(argv.includes('--steps') ? argv : [...argv, '--steps', '600']);
    if (options.help) return print(HELP);
    const dataset = await openDataset(options, { reporter: { loaded: () => undefined }, bar, note });
    const own = settingsOn(options.config, options.asked, dataset);
    await openEngine(options.backend);
    print(`${'sounds'.padEnd(22)}ceiling  content alone  accuracy  top 5  mean error`);
    for (const { name, set, config } of CONTROLS) {
      const changed = { ...dataset, train: set(asSounds(dataset.train)), heldOut: set(asSounds(dataset.heldOut)) };
      print(`${name.padEnd(22)}${await measure(config(own), changed)}`);
    }
  }, 'Interrupted.');
}

async function measure(config: RunConfig, dataset: Dataset): Promise<string> {
  const tested = sampleOf(dataset.heldOut, TESTED);
  const run = new Run(config, dataset);
  try {
    const ceiling = accuracyCeiling(run.tokenizer.cut(dataset.heldOut, tested));
    const floor = await ended(measureContentFloor(config, dataset, tested));
    while (run.steps < run.totalSteps) await run.step();
    const { accuracy, top5, meanError } = await ended(positionScores(run, dataset.heldOut, tested, config.task.maskRatio));
    return [
      ceiling.toFixed(3).padStart(7),
      floor.toFixed(3).padStart(15),
      accuracy.toFixed(3).padStart(10),
      top5.toFixed(3).padStart(7),
      meanError.toFixed(2).padStart(12),
    ].join('');
  } finally {
    run.dispose();
  }
}

async function ended<T>(work: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { value, done } = await work.next();
    if (done) return value;
  }
}

function asSounds(set: Samples): SoundSet {
  if (set.modality !== 'sound') throw new BadDataError('This is about sounds: name some with --data.');
  return set;
}
