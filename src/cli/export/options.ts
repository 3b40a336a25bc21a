/** Reads the command line of `export`. */
import { BadSettingError } from '../../base/errors.ts';
import { HOME_PARTS } from '../../home/parts.ts';
import { type OptionTable, readArguments } from '../arguments.ts';
import { asWritten, flag } from '../optionTable.ts';

export interface ExportOptions {
  /** Weights, or a whole run. */
  file: string;
  /** The folder that is written; it need not be there. */
  to: string;
  /** Ids of parts. */
  parts: readonly string[];
  help: boolean;
}

const PART_IDS = HOME_PARTS.map(({ id }) => id);

/** Every option once: reading, `--help` and the messages derive from this table. */
export const EXPORT_OPTIONS: OptionTable<ExportOptions> = {
  to: asWritten(
    'to',
    'FOLDER',
    'Where the files go; made where it is not there. Files of the same names are replaced, others stay.',
  ),
  parts: {
    value: 'NAMES',
    help: `Only these, with commas between: ${PART_IDS.join(', ')} (default: all that there are of the model).`,
    read: (draft, text) => {
      draft.parts = text.split(',').map(partNamed);
    },
  },
  help: flag('help', 'Shows this.'),
};

/** @throws BadSettingError naming the option, and what it takes */
export function parseExportOptions(argv: readonly string[]): ExportOptions {
  const [first] = argv;
  const named = first !== undefined && !first.startsWith('-');
  const draft: ExportOptions = { file: named ? first : '', to: '', parts: PART_IDS, help: false };
  const options = readArguments(named ? argv.slice(1) : argv, EXPORT_OPTIONS, draft, unknownArgument);
  if (options.help) return options;
  if (options.file === '') throw new BadSettingError('Which file? export FILE --to FOLDER, with the file first. See --help.');
  if (options.to === '') throw new BadSettingError('Where to? export FILE --to FOLDER. See --help.');
  return options;
}

function partNamed(text: string): string {
  if (!PART_IDS.includes(text)) throw new BadSettingError(`--parts takes ${PART_IDS.join(', ')}, not "${text}".`);
  return text;
}

function unknownArgument(argument: string, name: string): string {
  if (name === '') return `"${argument}" is one file too many: export takes one, before its options. See --help.`;
  return `There is no option --${name}. See --help.`;
}
