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

Options
${table(options)}

Presets
${table(presets)}

Settings, for --set (patches are what a sample is cut into: pieces of a sound and words of a text too)
${table(settings)}

With --json each line of standard output is one object: {"event":"report"} with the loss and accuracy of a training batch,
{"event":"evaluation"} with those of the test samples (--eval-every), {"event":"data"} with what was refused of --data and --val,
and at the end {"event":"done"}. Loss and accuracies of the end are measured on the test samples at the run's own mask ratio.

Exit codes: 0 done, 1 the run failed, 2 wrong use (nothing was trained), 130 interrupted (nothing was saved).`;
}

function table(rows: string[][]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
