import type { OptionTable } from './arguments.ts';

/** The options of a command as lines of its help. */
export function optionLines<Draft>(options: OptionTable<Draft>): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
