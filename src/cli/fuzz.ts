/** `npm run fuzz`: run files that were damaged or forged, each of which has to be refused or to make sense. */
import { readFileSync } from 'node:fs';
import { BadSettingError, messageOf, StudyError } from '../base/errors.ts';
import { type OptionTable, readArguments } from './arguments.ts';
import { runCommand } from './command.ts';
import { fuzzRunFile } from './fuzz/runFiles.ts';
import { counting, numberIn } from './numbers.ts';
import { asWritten, COMMON_OPTIONS, optionLines } from './optionTable.ts';

interface FuzzOptions {
  file: string;
  count: number;
  seed: number;
  help: boolean;
}

const OPTIONS: OptionTable<FuzzOptions> = {
  file: asWritten('file', 'FILE', 'The run file to change (default test/formats/run1/run.patchwork).'),
  count: {
    value: 'N',
    help: 'How many files (default 20000).',
    read: (draft, text) => {
      draft.count = numberIn('--count', counting(1, 100_000_000), text);
    },
  },
  seed: {
    value: 'N',
    help: 'Decides the changes (default 1).',
    read: (draft, text) => {
      draft.seed = numberIn('--seed', counting(0, 1_000_000_000), text);
    },
  },
  help: COMMON_OPTIONS.help,
};

export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note }) => {
    const draft: FuzzOptions = { file: 'test/formats/run1/run.patchwork', count: 20_000, seed: 1, help: false };
    const options = readArguments(argv, OPTIONS, draft);
    if (options.help) return print(`Reads run files that were damaged by chance or on purpose.\n\n${optionLines(OPTIONS)}`);
    const { files, refused, same, other, findings } = fuzzRunFile(read(options.file), options.seed, options.count);
    print(`${files} files: ${refused} refused in words, ${same} read as what was meant, ${other} forged ones that made sense`);
    for (const { file, what } of findings.slice(0, 20)) note(`file ${file}: ${what}`);
    if (findings.length > 0) throw new StudyError(`${findings.length} files were neither refused nor read.`);
  }, 'Interrupted.');
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`--file cannot read ${file}: ${messageOf(error)}.`);
  }
}
