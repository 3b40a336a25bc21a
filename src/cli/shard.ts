/** One job's part of work that several share. */
import { BadSettingError } from '../base/errors.ts';

export interface Shard {
  /** From 1. */
  index: number;
  count: number;
}

/** @throws BadSettingError when it is not I/N */
export function readShard(text: string): Shard {
  const [, first = '', second = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index >= 1 && index <= count) return { index, count };
  throw new BadSettingError(`--shard takes I/N with I from 1 to N, e.g. 2/8, not "${text}".`);
}
