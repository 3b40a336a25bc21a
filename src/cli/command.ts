/** What commands have in common as processes: who may write where, and what becomes of errors. */
import { Console } from 'node:console';
import { BadDataError, BadSettingError, CheckpointError } from '../base/errors.ts';
import { ProgressBar } from './progressBar.ts';
import { Stopped } from './signals.ts';

const EXIT = { done: 0, failed: 1, badUse: 2, interrupted: 130 } as const;

export interface CommandOutlets {
  /** A line of what the command is for. */
  print(line: string): void;
  /** A line for people beside it. */
  note(line: string): void;
  bar: ProgressBar;
}

/**
 * Does a command's work and ends the process.
 *
 * @param interrupted what to say at Ctrl+C
 */
export async function runCommand(work: (outlets: CommandOutlets) => Promise<void>, interrupted: string): Promise<never> {
  const bar = new ProgressBar(process.stderr);
  const write = (stream: NodeJS.WriteStream, line: string): void => {
    bar.clear();
    stream.write(`${line}\n`);
  };
  const note = (line: string): void => write(process.stderr, line);
  // Standard output carries the reports alone, whatever a library thinks it has to say.
  globalThis.console = new Console(process.stderr);
  process.on('SIGINT', () => {
    note(interrupted);
    process.exit(EXIT.interrupted);
  });
  // The reader went away, e.g. `| head -1`: there is nobody left to work for, nor to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(EXIT.failed));
  try {
    await work({ print: (line) => write(process.stdout, line), note, bar });
    process.exit(EXIT.done);
  } catch (error) {
    if (error instanceof Stopped) {
      note(error.message);
      process.exit(error.exitCode);
    }
    note(messageFor(error));
    process.exit(isBadUse(error) ? EXIT.badUse : EXIT.failed);
  }
}

function isBadUse(error: unknown): boolean {
  return error instanceof BadSettingError || error instanceof BadDataError || error instanceof CheckpointError;
}

function messageFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A named error is meant for people; anything else is a fault of ours, and its place in the code helps to mend it.
  return error.name === 'Error' || error.name === 'TypeError' ? (error.stack ?? error.message) : error.message;
}
