/** Texts through the whole loader, for the tests beside this. */
import { decoders } from '../../../src/cli/decoders.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { type LoadOptions, loadOptions, type NamedFile } from '../../../src/data/files.ts';
import { loadFiles } from '../../../src/data/load.ts';
import type { Dataset, Samples } from '../../../src/data/samples.ts';
import { type TextSet, textAt } from '../../../src/data/text/textSet.ts';
import { loadWith } from '../loading.ts';

type Options = Partial<Omit<LoadOptions, 'text'>> & { text?: Partial<LoadOptions['text']> };

export async function load(files: readonly NamedFile[], { text, ...options }: Options = {}) {
  const asked = loadWith({ ...options, text: { ...loadOptions(defaultRun()).text, ...text } });
  const { dataset, report } = await loadFiles(files, asked, decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

export function texts(samples: Samples | undefined): TextSet {
  if (samples?.modality !== 'text') throw new Error('no texts');
  return samples;
}

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);
export const all = (set: Samples | undefined) => range(set?.count ?? 0).map((i) => textAt(texts(set), i));
export const both = (dataset: Dataset | undefined) => [...all(dataset?.train), ...all(dataset?.heldOut)];
export const squeezed = (parts: readonly string[]): string => parts.join('').replace(/\s/g, '');
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const WORDS = ['river', 'stone', 'cloud', 'garden', 'letter', 'window', 'bridge', 'candle', 'market', 'forest'];
/** A text that no other equals. */
export const story = (i: number): string => `The ${WORDS[i % 10]} and the ${WORDS[Math.floor(i / 10) % 10]} met ${i} times.`;
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
export const reviews = (count: number, from = 0): string[][] =>
  range(count).map((i) => [String(from + i), story(from + i), ['good', 'bad'][i % 2]]);
export const HEAD = ['id', 'text', 'label'];
