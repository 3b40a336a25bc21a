/** Reads the words after a command by a table of options, the same way for every command. */
import { parseArgs } from 'node:util';
import { BadSettingError } from '../base/errors.ts';

/** One option of a command that gathers what it reads in a `Draft`. */
export interface Option<Draft> {
  /** Placeholder of the value; an option without one is a switch. */
  value?: string;
  /** Its name in earlier versions, which keeps working. */
  formerly?: string;
  help: string;
  read(draft: Draft, text: string): void;
}

export type OptionTable<Draft> = Readonly<Record<string, Option<Draft>>>;

/**
 * Reads every argument into `draft`: `--name value`, `--name=value`, switches, and `-h` for `--help`.
 *
 * @param unknown words for an argument that is none of the options, in place of the usual; `name` is empty when it does not look like one
 * @throws BadSettingError naming the option, and what it takes
 */
export function readArguments<Draft>(
  argv: readonly string[],
  options: OptionTable<Draft>,
  draft: Draft,
  unknown: (argument: string, name: string) => string = sayUnknown,
): Draft {
  for (const token of tokensOf(argv, options)) {
    if (token.kind !== 'option') throw new BadSettingError(unknown(argv[token.index] ?? '', ''));
    const name = currentName(token.name, options);
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined)
      throw new BadSettingError(unknown(argv[token.index] ?? '', token.rawName.startsWith('--') ? name : ''));
    if (option.value === undefined) {
      if (token.value !== undefined) throw new BadSettingError(`--${name} takes no value.`);
      option.read(draft, '');
      continue;
    }
    // The next option is no value of this one.
    const missing = token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'));
    if (missing) throw new BadSettingError(`--${name} needs a value: --${name} ${option.value}. ${option.help}`);
    option.read(draft, token.value ?? '');
  }
  return draft;
}

/** What most commands say of an argument that is none of their options. */
function sayUnknown(argument: string, name: string): string {
  return name === '' ? `"${argument}" is not an option. See --help.` : `There is no option --${name}. See --help.`;
}

function currentName<Draft>(written: string, table: OptionTable<Draft>): string {
  return Object.keys(table).find((name) => table[name]?.formerly === written) ?? written;
}

/** What was written, in its order; unknown options too. */
function tokensOf<Draft>(argv: readonly string[], table: OptionTable<Draft>) {
  const options = Object.fromEntries(
    Object.entries(table).flatMap(([name, { value, formerly }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      const option = name === 'help' ? { type, short: 'h' } : { type };
      return [name, ...(formerly === undefined ? [] : [formerly])].map((written) => [written, option] as const);
    }),
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** @throws BadSettingError unless `text` is one of the words allowed */
export function oneOf<T extends string>(name: string, allowed: readonly T[], text: string): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new BadSettingError(`${name} must be one of ${allowed.join(', ')}, not "${text}".`);
  return found;
}
