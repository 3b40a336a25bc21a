/** What happened to a run while it trained: a setting that was changed, an engine that took over. */
import type { SettingValue } from '../../config/field.ts';
import { fieldAt } from '../../config/settings.ts';
import { formatCount, formatSetting } from '../format.ts';
import { thin } from './thin.ts';

/** Steps that were done before it. */
interface At {
  step: number;
}

export type RunMark = At & ({ path: string; from: SettingValue; to: SettingValue } | { text: string });

const MOST_MARKS = 200;

/** Adds a mark. Changes of one setting at one step are one change, and none if it ends where it was. */
export function withMark(marks: readonly RunMark[], mark: RunMark): readonly RunMark[] {
  if (!('path' in mark)) return thin([...marks, mark], MOST_MARKS, ({ step }) => step);
  const isSame = (other: RunMark): boolean => 'path' in other && other.path === mark.path && other.step === mark.step;
  const earlier = marks.find(isSame);
  const from = earlier !== undefined && 'path' in earlier ? earlier.from : mark.from;
  const others = marks.filter((other) => !isSame(other));
  return from === mark.to ? others : thin([...others, { ...mark, from }], MOST_MARKS, ({ step }) => step);
}

/** "mask ratio 0.4 → 0.75 at step 1,200". */
export function sayMark(mark: RunMark): string {
  const at = `at step ${formatCount(mark.step)}`;
  if (!('path' in mark)) return `${mark.text} ${at}`;
  const label = fieldAt(mark.path)?.label ?? mark.path;
  // A name in capitals stays as it is: "EMA start".
  const name = /^[A-Z][a-z ]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
  return `${name} ${sayValue(mark.path, mark.from)} → ${sayValue(mark.path, mark.to)} ${at}`;
}

/** As charts show them. */
export function marksOf(marks: readonly RunMark[]): { x: number; text: string }[] {
  return marks.map((mark) => ({ x: mark.step, text: sayMark(mark) }));
}

function sayValue(path: string, value: SettingValue): string {
  const field = fieldAt(path);
  if (field?.kind === 'choice') return field.options.find((option) => option.value === value)?.label ?? String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : formatSetting(value);
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}
