/** A fixed file in many languages, read into ids: the same numbers in every browser and in Node. */
import { crc32 } from '../../../src/base/crc32.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { type LoadOptions, optionsForNew } from '../../../src/data/files.ts';
import { Pace } from '../../../src/data/pace.ts';
import { TextReader } from '../../../src/data/readers/texts.ts';
import { encoderOf } from '../../../src/data/text/encoder.ts';
import { decodeText } from '../../../src/data/text/encoding.ts';

const LINES = [
  '\ufeffGröße über alles? Äpfel kosten 3 Mark.\r\nDr. Süß kam am 3. Mai.\r',
  'ฉันชอบแมวมาก\n\nแมวของฉันชอบปลา 吾輩は猫である。名前はまだ無い。',
  'القط يحب السمك. هل تحب القطط؟ मुझे बिल्लियाँ पसंद हैं। क्या आपको भी?',
  'ｆｕｌｌ ｗｉｄｔｈ ﬁne cafe\u0301 İstanbul ΣΑΣ ẞ 👩‍🚀 a\u2028b\u0085c a\ufeffb \ud83d… don’t',
];

/** What `printOf` gives everywhere: kinds of tokens with the CRC-32 of what is read. */
export const PRINTS = [
  ['words', 955517694],
  ['byte pairs', 2641208911],
  ['bytes', 3960538577],
] as const;

/** CRC-32 of the windows of the text and of their ids. */
export async function printOf(tokens: (typeof PRINTS)[number][0]): Promise<number> {
  const { text } = decodeText(new TextEncoder().encode(Array.from({ length: 30 }, (_, i) => `${LINES[i % 4]} ${i} `).join('')));
  const whole = optionsForNew(defaultRun()).text;
  const options: LoadOptions = { ...whole, text: { ...whole.text, tokens, vocabulary: 300, words: 24, split: 'windows' } };
  const reader = new TextReader(options);
  const content = { texts: [text], place: 'a.txt', isFile: true };
  const sample = { content, samples: 1, print: 0, split: undefined, className: undefined, stratum: undefined };
  const cut = await reader.sift([sample], [], new Pace(() => {}));
  const texts = cut.flatMap((one) => one.content?.texts ?? []);
  const { vocabulary } = await reader.gather(
    cut.map((one) => one.content),
    new Pace(() => {}),
  );
  const encode = encoderOf(vocabulary);
  const said = JSON.stringify(texts.map((one) => [one, [...encode(one)]]));
  return crc32(new TextEncoder().encode(said));
}
