/** A vocabulary as the tokenizer.json of Hugging Face's tokenizers, which cuts texts into the same ids. */
import { byteSigns } from './byteNames.ts';
import { formOf, patternOf } from './pieces.ts';
import { SPECIAL_NAMES, type Vocabulary } from './vocabulary.ts';

/**
 * The ids are those of `encodeText`, in the Rust library for every kind and in tokenizers.js for byte pairs and bytes.
 * tokenizers.js 0.2.0 has no WordLevel and gives wrong ids for unknown words: tell who asks for words. Rust's Lowercase knows no
 * final sigma: Greek in capitals comes out as other words. A text that says "<mask>" itself is read there as the special word.
 */
export function tokenizerJson(vocabulary: Vocabulary): string {
  const parts = vocabulary.kind === 'words' ? wordParts(vocabulary) : byteParts(vocabulary);
  const { normalizer, pre_tokenizer, decoder, model } = parts;
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_NAMES.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer,
    pre_tokenizer,
    post_processor: null,
    decoder,
    model,
  });
}

/** The four parts that depend on the kind of token. */
interface Parts {
  normalizer: object;
  pre_tokenizer: object;
  decoder: object | null;
  model: object;
}

function wordParts({ kind, lower, names }: Vocabulary): Parts {
  return {
    normalizer: normalizerOf(formOf(kind), lower),
    pre_tokenizer: { type: 'Split', pattern: { Regex: patternOf(kind) }, behavior: 'Removed', invert: true },
    decoder: null,
    model: { type: 'WordLevel', vocab: idsOf(names), unk_token: SPECIAL_NAMES[2] },
  };
}

function byteParts({ kind, lower, merges = [] }: Vocabulary): Parts {
  const tokens = [...SPECIAL_NAMES, ...byteSigns()];
  const pairs: [string, string][] = [];
  for (const [left, right] of merges) {
    pairs.push([tokens[left], tokens[right]]);
    tokens.push(tokens[left] + tokens[right]);
  }
  const split = { type: 'Split', pattern: { Regex: patternOf(kind) }, behavior: 'Isolated', invert: false };
  return {
    normalizer: normalizerOf(formOf(kind), lower),
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [split, { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }],
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: idsOf(tokens),
      merges: pairs,
    },
  };
}

function normalizerOf(form: 'NFC' | 'NFKC', lower: boolean): object {
  return lower ? { type: 'Sequence', normalizers: [{ type: form }, { type: 'Lowercase' }] } : { type: form };
}

function idsOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, id) => [name, id]));
}
