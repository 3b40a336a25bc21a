/** What happened to a run on the way: a setting that was changed, an engine that took over, Undo, a file. */
import type { SettingValue } from '../../config/field.ts';
import { fieldAt } from '../../config/settings.ts';
import { formatCount, formatSetting } from '../format.ts';
import { thin } from './thin.ts';

export interface SettingMark {
  /** Steps that were done before it. */
  step: number;
  /** Where a slider was dragged: steps that were done when it stood still. */
  until?: number | undefined;
  path: string;
  from: SettingValue;
  to: SettingValue;
  /** `performance.now()` of the change; unknown of kept runs. */
  time?: number | undefined;
}

/** `upright`: what comes after it is not comparable to the last digit with what comes before, and a line says so. */
export type RunMark = SettingMark | { step: number; text: string; upright?: boolean | undefined };

const MOST_MARKS = 200;
/** Changes of one setting that follow each other faster than this are one move of its slider. */
const ONE_MOVE_MILLISECONDS = 1000;

/** Adds a mark, and the same words at the same step once. Changes of one setting at one step, or in one move, are one change; none if all is as it was at that step. */
export function withMark(marks: readonly RunMark[], mark: RunMark): readonly RunMark[] {
  if (!('path' in mark) && marks.some((other) => 'text' in other && other.text === mark.text && other.step === mark.step)) {
    return marks;
  }
  const earlier = 'path' in mark ? marks.findLast((other) => 'path' in other && other.path === mark.path) : undefined;
  if (!('path' in mark) || earlier === undefined || !('path' in earlier) || !isOneMove(earlier, mark)) {
    return thin([...marks, mark], MOST_MARKS, ({ step }) => step);
  }
  const others = marks.filter((other) => other !== earlier);
  const began = earlier.step;
  if (began === mark.step && earlier.from === mark.to) return others;
  return [...others, { ...mark, step: began, from: earlier.from, ...(began === mark.step ? {} : { until: mark.step }) }];
}

function isOneMove(earlier: SettingMark, mark: SettingMark): boolean {
  const isSoon = earlier.time !== undefined && mark.time !== undefined && mark.time - earlier.time < ONE_MOVE_MILLISECONDS;
  return isSoon || (earlier.until ?? earlier.step) === mark.step;
}

/** "mask ratio 0.4 → 0.75 at step 1,200". */
export function sayMark(mark: RunMark): string {
  if (!('path' in mark)) return `${mark.text} at step ${formatCount(mark.step)}`;
  const { step, until } = mark;
  const at = until === undefined ? `at step ${formatCount(step)}` : `over steps ${formatCount(step)} to ${formatCount(until)}`;
  const label = fieldAt(mark.path)?.label ?? mark.path;
  // A name in capitals stays as it is: "EMA start".
  const name = /^[A-Z][a-z ]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
  return `${name} ${sayValue(mark.path, mark.from)} → ${sayValue(mark.path, mark.to)} ${at}`;
}

/** As charts show them. */
export function marksOf(marks: readonly RunMark[]): { x: number; text: string; upright?: true }[] {
  return marks.map((mark) => ({
    x: mark.step,
    text: sayMark(mark),
    ...('text' in mark && mark.upright === true && { upright: true }),
  }));
}

/** Whether a setting was changed while the run was under way: its link alone does not reproduce it. */
export function hasLiveChanges(marks: readonly RunMark[]): boolean {
  return marks.some((mark) => 'path' in mark);
}

function sayValue(path: string, value: SettingValue): string {
  const field = fieldAt(path);
  if (field?.kind === 'choice') return field.options.find((option) => option.value === value)?.label ?? String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : formatSetting(value);
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}
