import { describeRange } from '../config/field.ts';
import { PRESET_NAMES, PRESETS } from '../config/presets.ts';
import { fieldAt, SETTING_PATHS } from '../config/settings.ts';
import { TRAIN_OPTIONS } from './options.ts';

/** The text of `train -- --help`, made from the same tables that the options are read with. */
export function trainHelp(): string {
  const options = Object.entries(TRAIN_OPTIONS).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const presets = PRESET_NAMES.map((name) => [name, PRESETS[name].help]);
  const settings = SETTING_PATHS.map((path) => {
    const field = fieldAt(path);
    return [path, field === undefined ? '' : `${field.label}: ${describeRange(field)} (default ${field.default}).`];
  });
  return `Pretrains a model from the command line, as the page does.

  npm run --silent train -- --preset mp3-scenes --steps 200 --seed 1 --json
  npm run --silent train -- --data photos/ --set model.width=128 --save weights.safetensors
  npm run --silent train -- --preset mae-scenes --steps 20000 --resume run.patchwork --save weights.safetensors

Options
${table(options)}

Presets
${table(presets)}

Settings, for --set (patches are what a sample is cut into: pieces of a sound and words of a text too)
${table(settings)}

With --json each line of standard output is one object: {"event":"report"} with the loss and accuracy of a training batch,
{"event":"evaluation"} with those of the test samples (--eval-every), {"event":"data"} with what was refused of --data and --val,
{"event":"saved"} with the step and the file of each checkpoint, {"event":"resumed"} with those that a run goes on from,
and at the end {"event":"done"}. Steps done since the last checkpoint of a run that was killed are told twice, with the same numbers. Loss and accuracies of the end are measured on the test samples at the run's own mask ratio.

With --checkpoint or --resume the first SIGINT, SIGTERM, SIGHUP or SIGUSR1 saves after the step under way and ends; the second ends at
once. FILE.lock keeps two processes from writing one checkpoint. On the same backend, device and version a run that goes on is the
unbroken one, bit for bit; where that is not so it is said.

Exit codes: 0 done, 1 the run failed, 2 wrong use (nothing was trained), 130 after SIGINT, 143 after SIGTERM, 129 after SIGHUP (without a
checkpoint nothing was saved), 75 after SIGUSR1 with a checkpoint: run me again (--requeue-exit).`;
}

function table(rows: string[][]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
