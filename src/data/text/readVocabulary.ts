/** Vocabularies that were written down: files come from anywhere. */
import { LIMITS } from '../../config/limits.ts';
import type { Vocabulary } from './vocabulary.ts';

const KINDS: readonly Vocabulary['kind'][] = ['words', 'byte pairs', 'bytes'];

/** @returns undefined when it is none, or not all of one: nothing of it is believed then */
export function readVocabulary(value: unknown): Vocabulary | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: Partial<Record<keyof Vocabulary, unknown>> = value;
  const { names, lower, merges } = found;
  const kind = KINDS.find((known) => known === found.kind);
  if (kind === undefined || typeof lower !== 'boolean' || !isNames(names)) return undefined;
  if (kind !== 'byte pairs') return { kind, lower, names };
  return isMerges(merges, names.length) ? { kind, lower, names, merges } : undefined;
}

function isNames(names: unknown): names is string[] {
  return Array.isArray(names) && names.length <= LIMITS.vocabulary && names.every((name) => typeof name === 'string');
}

function isMerges(merges: unknown, size: number): merges is [number, number][] {
  const isId = (id: unknown): boolean => Number.isInteger(id) && Number(id) >= 0 && Number(id) < size;
  return Array.isArray(merges) && merges.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isId));
}

/** Whether equal ids stand for equal pieces. */
export function sameVocabulary(a: Vocabulary, b: Vocabulary): boolean {
  return a === b || JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder({ kind, lower, names, merges }: Vocabulary): readonly unknown[] {
  return [kind, lower, names, merges];
}
