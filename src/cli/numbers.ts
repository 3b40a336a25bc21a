/** Numbers of a command line. */
import { BadSettingError } from '../base/errors.ts';
import { describeRange, type Field, parseValue, whole } from '../config/field.ts';

export function counting(min: number, max: number): Field {
  return whole({ label: '', help: '', min, max, step: 1, default: min });
}

/** @throws BadSettingError naming the option and its range */
export function numberIn(name: string, field: Field, text: string): number {
  const value = parseValue(field, text);
  if (typeof value !== 'number') throw new BadSettingError(`${name} must be ${describeRange(field)}, not "${text}".`);
  return value;
}

/** Seconds of a time such as 30s, 5m or 1h. @throws BadSettingError unless it is a number with s, m or h behind it */
export function secondsIn(name: string, text: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)\s*([smh]?)$/.exec(text.trim()) ?? [];
  if (number === '') throw new BadSettingError(`${name} must be a time such as 30s, 5m or 1h, not "${text}".`);
  return Number(number) * { s: 1, m: 60, h: 3600 }[unit === 'm' || unit === 'h' ? unit : 's'];
}
