/** Where sentences end, in several languages. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { sentenceEnds } from '../../../src/data/text/sentences.ts';
import { cutParagraphs, cutSentences } from '../../../src/data/text/windows.ts';

describe('sentences', () => {
  it.each([
    ['a full stop before a capital', 'It rains. We stay. then we go.', ['It rains.', 'We stay. then we go.']],
    [
      'abbreviations and initials',
      'Dr. Smith met J. R. Jones of Acme Inc. Then? Yes!',
      ['Dr. Smith met J. R. Jones of Acme Inc. Then?', 'Yes!'],
    ],
    [
      'quotes and brackets',
      '"Why?" he asked. (Nobody knew.) “So.” Then silence…',
      ['"Why?" he asked.', '(Nobody knew.)', '“So.”', 'Then silence…'],
    ],
    ['German dates', 'Am 3. Mai kam z.B. Hans. Ärzte sagten: ja.', ['Am 3. Mai kam z.B. Hans.', 'Ärzte sagten: ja.']],
    ['Spanish signs', '¿Qué? ¡No! Vale.', ['¿Qué?', '¡No!', 'Vale.']],
    ['Japanese', '吾輩は猫である。「名前は？」まだ無い。', ['吾輩は猫である。', '「名前は？」', 'まだ無い。']],
    ['Chinese', '我喜欢猫。你呢？我也是！', ['我喜欢猫。', '你呢？', '我也是！']],
    ['Hindi', 'मैं घर जाता हूँ। वह आता है। क्या?', ['मैं घर जाता हूँ।', 'वह आता है।', 'क्या?']],
    ['Arabic', 'هل أنت بخير؟ نعم. شكرا', ['هل أنت بخير؟', 'نعم.', 'شكرا']],
    ['Thai, which has no marks', 'ฉันชอบแมว แมวชอบปลา', ['ฉันชอบแมว แมวชอบปลา']],
    ['blank lines', 'A title\n \nthe text goes on\nin lines', ['A title', 'the text goes on\nin lines']],
    ['lists', '1. First thing.\n2. Second thing.', ['1. First thing.', '2. Second thing.']],
    ['decimals and addresses', 'It is 3.5 m. See example.com or v2.0 now.', ['It is 3.5 m.', 'See example.com or v2.0 now.']],
  ])('end as people read them: %s', (_, text, sentences) => {
    expect(cutSentences(text)).toEqual(sentences);
  });

  it('are the whole text, whatever it is', () => {
    const random = new Random(3, 'fuzz');
    const signs = ['.', '!', '。', '"', ' ', '\n', 'A', 'b', '3', '(', 'é', '猫', '👩', '…'];
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random.below(60) }, () => random.pick(signs)).join('');
      const ends = sentenceEnds(text);
      expect(ends.at(-1) ?? 0).toBe(text.length);
      expect(ends.every((end, i) => end > (ends[i - 1] ?? 0))).toBe(true);
    }
  });

  it.each([['.'], ['."'], ['\n'], ['. '], ['a.'], ['A']])('take no time that grows faster than the text: %j', (part) => {
    const before = performance.now();
    sentenceEnds(part.repeat(500_000));
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('make paragraphs between blank lines', () => {
    expect(cutParagraphs('\n\nOne\nline.\n \t\nTwo.\n\n\nThree.\n')).toEqual(['One\nline.', 'Two.', 'Three.']);
  });
});
