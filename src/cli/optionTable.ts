import { BACKEND_REQUESTS, type BackendRequest } from '../config/backends.ts';
import { type Option, type OptionTable, oneOf } from './arguments.ts';

/** What every command that trains or tests can be told. */
interface Common {
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

/** The same words for the same options, whatever else a command gathers. */
export const COMMON_OPTIONS: Readonly<Record<keyof Common, Option<Common>>> = {
  backend: {
    value: 'NAME',
    help: `What to compute on: ${BACKEND_REQUESTS.join(', ')} (default auto).`,
    read: (draft, text) => {
      draft.backend = oneOf('--backend', BACKEND_REQUESTS, text);
    },
  },
  json: {
    help: 'Prints one JSON object a line and nothing else to standard output.',
    read: (draft) => {
      draft.json = true;
    },
  },
  help: {
    help: 'Shows this.',
    read: (draft) => {
      draft.help = true;
    },
  },
};

/** The options of a command as lines of its help. */
export function optionLines<Draft>(options: OptionTable<Draft>): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
