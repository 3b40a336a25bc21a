/** `npm run train -- ...`: starts a run, reports on it, and turns what happens into an exit code. */
import { runCommand } from './command.ts';
import { trainHelp } from './help.ts';
import { jsonReporter } from './jsonReporter.ts';
import { parseTrainOptions } from './options.ts';
import { runTraining } from './runTraining.ts';
import { textReporter } from './textReporter.ts';

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note, bar }) => {
    const options = parseTrainOptions(argv);
    if (options.help) print(trainHelp());
    else await runTraining(options, { reporter: options.json ? jsonReporter(print) : textReporter(print), bar, note });
  }, 'Interrupted: nothing was saved.');
}
