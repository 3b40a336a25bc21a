import { BACKEND_REQUESTS, type BackendRequest } from '../config/backends.ts';
import { type Option, type OptionTable, oneOf } from './arguments.ts';

/** What every command that trains or tests can be told. */
interface Common {
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

/** The same words for the same options, whatever else a command gathers. */
export const COMMON_OPTIONS: { readonly [Name in keyof Common]: Option<Pick<Common, Name>> } = {
  backend: {
    value: 'NAME',
    help: `What to compute on: ${BACKEND_REQUESTS.join(', ')} (default auto).`,
    read: (draft, text) => {
      draft.backend = oneOf('--backend', BACKEND_REQUESTS, text);
    },
  },
  json: flag('json', 'Prints one JSON object a line and nothing else to standard output.'),
  help: flag('help', 'Shows this.'),
};

/** A switch, which is off until it is given. */
export function flag<Name extends string>(name: Name, help: string): Option<Record<Name, boolean>> {
  return {
    help,
    read: (draft) => {
      draft[name] = true;
    },
  };
}

/** A file, a folder or a word, as it was written; the last one counts. @param value placeholder */
export function asWritten<Name extends string>(name: Name, value: string, help: string): Option<{ [key in Name]?: string }> {
  return {
    value,
    help,
    read: (draft, text) => {
      draft[name] = text;
    },
  };
}

/** The same where each one counts. */
export function allAsWritten<Name extends string>(name: Name, value: string, help: string): Option<Record<Name, string[]>> {
  return { value, help, read: (draft, text) => void draft[name].push(text) };
}

/** The options of a command as lines of its help. */
export function optionLines<Draft>(options: OptionTable<Draft>): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
