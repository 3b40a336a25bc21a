/** Vocabularies against an independent implementation (test/reference/tokens.py) and Hugging Face's tokenizers. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { readFrom } from '../../../src/data/text/portions.ts';
import { tokenizerJson } from '../../../src/data/text/tokenizerJson.ts';
import { learnVocabulary } from '../../../src/data/text/vocabulary.ts';
import { learned, reference, shownIds } from './tokenReference.ts';

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return Array.from(new Random(seed, 'order').permutation(items.length), (i) => items[i]);
}

describe('learnVocabulary', () => {
  it('merges the pairs that plain counting finds, in its order', () => {
    expect(reference.merges).toHaveLength(750);
    expect(learned.pairs.merges).toEqual(reference.merges);
    expect(learned.pairs.names).toHaveLength(259 + 750);
  });

  it('keeps the words that occur most', () => {
    expect(learned.words.names).toEqual(['<empty>', '<mask>', '<unknown>', ...reference.words]);
  });

  it('gives ids that an independent script gives, and the Rust library of Hugging Face', () => {
    expect(shownIds()).toEqual({ pairs: reference.bytePairIds, words: reference.wordIds });
    const { bytePairIds, wordIds } = reference.huggingFace;
    expect(shownIds()).toEqual({ pairs: bytePairIds, words: wordIds });
  });

  it('does not go by the order of the texts', () => {
    for (const kind of ['words', 'byte pairs'] as const) {
      // Of a size that cuts through words and pairs that are equally frequent.
      const files = [reference.lines, shuffled(reference.lines, 1), reference.lines.toReversed()].map((lines) =>
        tokenizerJson(learnVocabulary(lines, { kind, size: 600, lower: true })),
      );
      expect(files[1]).toBe(files[0]);
      expect(files[2]).toBe(files[0]);
    }
  });

  it('has no pair that occurs once, no more words than there are, and no half of a sign', () => {
    expect(learnVocabulary(['abcd abxy'], { kind: 'byte pairs', size: 4096, lower: false }).names.slice(259)).toEqual(['ab']);
    expect(learnVocabulary(['b a b'], { kind: 'words', size: 4096, lower: false }).names.slice(3)).toEqual(['b', 'a']);
    expect(learnVocabulary(['\ud83d'], { kind: 'words', size: 64, lower: true }).names.slice(3)).toEqual(['\ufffd']);
    expect(learnVocabulary([], { kind: 'words', size: 64, lower: true }).names).toHaveLength(3);
  });

  it('reads capital letters as small ones where that is asked for', () => {
    const read = (lower: boolean): readonly string[] =>
      learnVocabulary(['Two TWO two ΟΔΟΣ'], { kind: 'words', size: 64, lower }).names.slice(3);
    expect(read(true)).toEqual(['two', 'οδος']);
    expect(read(false)).toEqual(['TWO', 'Two', 'two', 'ΟΔΟΣ']);
    const pairs = learnVocabulary(['AB ab'], { kind: 'byte pairs', size: 300, lower: true });
    expect(pairs.names.slice(259)).toEqual(['ab']);
  });

  it('tells how far it is, up to the end', () => {
    for (const kind of ['words', 'byte pairs'] as const) {
      const shares: number[] = [];
      learnVocabulary(reference.lines, { kind, size: 400, lower: true }, (share) => shares.push(share));
      expect(shares.length).toBeGreaterThan(100);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBeCloseTo(1, 12);
    }
  });

  it('shows pieces as text where they are text', () => {
    const { names } = learned.pairs;
    expect(names.slice(259, 262)).toEqual(['he', '␣t', '␣the']);
    expect([names[3 + 0x20], names[3 + 0x0a], names[3 + 0x41], names[3 + 0], names[3 + 0xe2]]).toEqual([
      '␣',
      '↵',
      'A',
      '<00>',
      '<E2>',
    ]);
    expect(names).toContain('␣Mädchen');
    expect(learned.bytes.names).toEqual(names.slice(0, 259));
  });
});

describe('the part of many texts that is read', () => {
  const texts = Array.from({ length: 500 }, (_, i) => `text ${i} `.repeat(1 + (i % 7)));
  const length = texts.reduce((sum, text) => sum + text.length, 0);

  it('is all of a few', () => {
    expect(readFrom(texts)).toEqual({ portions: texts, length });
  });

  it('is an even choice of many, the same in any order', () => {
    const { portions, length: read } = readFrom(texts, length / 2);
    expect(read).toBe(portions.reduce((sum, text) => sum + text.length, 0));
    expect(read).toBeLessThanOrEqual(length / 2);
    expect(read).toBeGreaterThan(length / 2 - 100);
    const again = readFrom(shuffled(texts, 2), length / 2);
    expect(again.portions.toSorted()).toEqual(portions.toSorted());
    const half = portions.filter((text) => texts.indexOf(text) < 250).length / portions.length;
    expect(half).toBeGreaterThan(0.4);
    expect(half).toBeLessThan(0.6);
  });

  it('is cut from a long text between words', () => {
    const long = 'one  two\u00a0three\n'.repeat(20_000);
    const { portions } = readFrom([long]);
    expect(portions.length).toBeGreaterThan(3);
    expect(portions.join('')).toBe(long);
    const names = (of: string[]): readonly string[] => learnVocabulary(of, { kind: 'byte pairs', size: 300, lower: false }).names;
    expect(names(portions)).toEqual(names([long]));
    expect(portions.slice(1).every((portion) => /^\s\S|^\s{2}\S/.test(portion))).toBe(true);
  });
});

describe('tokenizerJson', () => {
  it('is the file that the library itself writes for this tokenizer', () => {
    expect(JSON.parse(tokenizerJson(learned.pairs))).toEqual(reference.huggingFace.bytePairs);
    const ours = JSON.parse(tokenizerJson(learned.words));
    expect(ours).toEqual(reference.huggingFace.words);
  });

  it('keeps capital letters or not, of every kind', () => {
    const normalizerOf = (kind: 'words' | 'byte pairs' | 'bytes', lower: boolean): unknown =>
      JSON.parse(tokenizerJson(learnVocabulary(['a'], { kind, size: 300, lower }))).normalizer;
    expect(normalizerOf('words', false)).toEqual({ type: 'NFKC' });
    expect(normalizerOf('bytes', true)).toEqual({ type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Lowercase' }] });
  });
});
