/** Values of a setting for a sweep: as people wrote them, and a range cut for them. */
import type { NumberField, SettingValue } from '../field.ts';
import { fieldOn } from '../fieldOn.ts';
import type { RunConfig } from '../run.ts';
import { parseSetting } from '../settings.ts';
import { type SweepAxis, settingOf } from './sweep.ts';

/** Values that a range is cut into. */
const CUTS = 5;
/** A setting that may be anything from a hundredth to a hundredfold is swept over a tenth to a tenfold of where it stands. */
const LOG_REACH = 10;

/**
 * Values for a sweep over a setting of a run, with its own among them where it fits: all options of a choice; of a number five from end to
 * end, evenly, or about its value where its slider counts in powers; with 0 and the first powers of ten where that is 0. None of a text.
 *
 * @param path of an axis
 */
export function cutRange(path: string, run: RunConfig): SettingValue[] {
  const field = fieldOn(settingOf(path), run);
  switch (field?.kind) {
    case 'choice':
      return field.options.map(({ value }) => value);
    case 'switch':
      return [false, true];
    case 'number':
      return cutNumbers(field, numberAt(path, run));
    default:
      return [];
  }
}

function numberAt(path: string, run: RunConfig): number | undefined {
  const [section = '', name = ''] = settingOf(path).split('.');
  const sections: Readonly<Record<string, Readonly<Record<string, SettingValue>>>> = run;
  const value = sections[section]?.[name];
  return typeof value === 'number' ? value : undefined;
}

function cutNumbers(field: NumberField, own: number | undefined): number[] {
  if (field.scale === 'decades' && own === 0) return firstDecades(field);
  const isLog = field.scale !== 'linear' && own !== undefined && own > 0;
  const [from, to] = isLog
    ? [Math.max(field.min, own / LOG_REACH), Math.min(field.max, own * LOG_REACH)]
    : [field.min, field.max];
  const cuts = Array.from({ length: CUTS }, (_, i) => {
    const share = i / (CUTS - 1);
    return snap(isLog ? from * (to / from) ** share : from + (to - from) * share, field);
  });
  return [...new Set(cuts)].toSorted((a, b) => a - b);
}

function firstDecades({ step, max }: NumberField): number[] {
  const powers = Array.from({ length: CUTS - 1 }, (_, i) => Number((step * 10 ** i).toPrecision(9)));
  return [0, ...powers.filter((value) => value <= max)];
}

/** On the steps of its slider, and in the range; numbers below a step keep two digits. */
function snap(value: number, { min, max, step, integer, scale }: NumberField): number {
  const stepped = scale !== 'linear' ? Number(value.toPrecision(2)) : min + Math.round((value - min) / step) * step;
  const whole = integer ? Math.round(stepped) : Number(stepped.toFixed(10));
  return Math.min(max, Math.max(min, whole));
}

/** An axis as somebody wrote it, each value as the setting's own type; what is none stays as it is, and `checkSweep` refuses it. */
export function readAxis(path: string, values: readonly SettingValue[]): SweepAxis {
  return {
    path,
    values: values.map((value) => {
      if (typeof value !== 'string') return value;
      const parsed = parseSetting(settingOf(path), value);
      return parsed.ok ? parsed.value : value;
    }),
  };
}
