/** Reads the words after a command by a table of options, the same way for every command. */
import { BadSettingError } from '../base/errors.ts';

/** One option of a command that gathers what it reads in a `Draft`. */
export interface Option<Draft> {
  /** Placeholder of the value; an option without one is a switch. */
  value?: string;
  help: string;
  read(draft: Draft, text: string): void;
}

export type OptionTable<Draft> = Readonly<Record<string, Option<Draft>>>;

/**
 * Reads every argument into `draft`: `--name value`, `--name=value`, switches, and `-h` for `--help`.
 *
 * @param unknown words for an argument that is none of the options; `name` is empty when it does not look like one
 * @throws BadSettingError naming the option, and what it takes
 */
export function readArguments<Draft>(
  argv: readonly string[],
  options: OptionTable<Draft>,
  draft: Draft,
  unknown: (argument: string, name: string) => string,
): Draft {
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument === '-h' ? '--help' : argument) ?? [];
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new BadSettingError(unknown(argument, name));
    if (option.value === undefined) {
      if (inline !== undefined) throw new BadSettingError(`--${name} takes no value.`);
      option.read(draft, '');
      continue;
    }
    const text = inline ?? (rest[0]?.startsWith('--') ? undefined : rest.shift());
    if (text === undefined || text === '')
      throw new BadSettingError(`--${name} needs a value: --${name} ${option.value}. ${option.help}`);
    option.read(draft, text);
  }
  return draft;
}

/** @throws BadSettingError unless `text` is one of the words allowed */
export function oneOf<T extends string>(name: string, allowed: readonly T[], text: string): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new BadSettingError(`${name} must be one of ${allowed.join(', ')}, not "${text}".`);
  return found;
}
