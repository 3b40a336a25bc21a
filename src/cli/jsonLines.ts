/** Files of results, one value of JSON in each line, which several jobs may write to. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { BadSettingError, messageOf } from '../base/errors.ts';

/**
 * The values of a file, one for each line that is not blank: undefined for one that is no JSON, such as one that a killed job left half
 * written. A file that does not exist has none.
 *
 * @throws BadSettingError when it cannot be read
 */
export function readLines(file: string): unknown[] {
  if (!existsSync(file)) return [];
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((text) => text.trim() !== '').map(parseJson);
  } catch (error) {
    throw new BadSettingError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

/** One write: lines of jobs that share a file do not mix. */
export function appendLine(file: string, value: unknown): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Half a line that a killed job left does not spoil this one.
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${separator}${JSON.stringify(value)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
