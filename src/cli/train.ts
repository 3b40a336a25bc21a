/** `npm run train -- ...`: starts a run, reports on it, and turns what happens into an exit code. */
import { Console } from 'node:console';
import { BadDataError, BadSettingError } from '../base/errors.ts';
import { trainHelp } from './help.ts';
import { jsonReporter } from './jsonReporter.ts';
import { parseTrainOptions } from './options.ts';
import { ProgressBar } from './progressBar.ts';
import { runTraining } from './runTraining.ts';
import { textReporter } from './textReporter.ts';

const EXIT = { done: 0, failed: 1, badUse: 2, interrupted: 130 } as const;

/** Runs the command with the words that follow it, and ends the process. */
export async function main(argv: readonly string[]): Promise<never> {
  const bar = new ProgressBar(process.stderr);
  // Standard output carries the reports alone, whatever a library thinks it has to say.
  globalThis.console = new Console(process.stderr);
  process.on('SIGINT', () => {
    bar.clear();
    process.stderr.write('Interrupted: nothing was saved.\n');
    process.exit(EXIT.interrupted);
  });
  // The reader went away, e.g. `| head -1`: there is nobody left to work for, nor to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(EXIT.failed));
  process.exit(await perform(argv, bar));
}

async function perform(argv: readonly string[], bar: ProgressBar): Promise<number> {
  const print = (line: string): void => {
    bar.clear();
    process.stdout.write(`${line}\n`);
  };
  const note = (line: string): void => {
    bar.clear();
    process.stderr.write(`${line}\n`);
  };
  try {
    const options = parseTrainOptions(argv);
    if (options.help) print(trainHelp());
    else await runTraining(options, { reporter: options.json ? jsonReporter(print) : textReporter(print), bar, note });
    return EXIT.done;
  } catch (error) {
    note(messageFor(error));
    return error instanceof BadSettingError || error instanceof BadDataError ? EXIT.badUse : EXIT.failed;
  }
}

function messageFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A named error is meant for people; anything else is a fault of ours, and its place in the code helps to mend it.
  return error.name === 'Error' || error.name === 'TypeError' ? (error.stack ?? error.message) : error.message;
}
