import { describe, expect, it } from 'vitest';
import { NOWHERE } from '../../../src/metrics/jigsaw.ts';
import { placePieces } from '../../../src/ui/canvas/jigsaw.ts';
import { countOrder, huesOf, NO_WORD, standing } from '../../../src/ui/text/order.ts';

const WORDS = ['the', 'cat', 'saw', 'the', 'dog'];

/** Words in the order of the text, put at `cells`. */
function placed(...cells: number[]) {
  const order = Uint16Array.from(WORDS, (_, i) => i);
  const confidence = Float32Array.from(WORDS, (_, i) => 0.9 - 0.1 * i);
  const predicted = Uint16Array.from(cells);
  return placePieces({ order, context: WORDS.length, predicted, confidence, assigned: predicted }, 'argmax');
}

describe('words put in order', () => {
  it('are counted without the empty places behind a short text', () => {
    const words = ['the', 'cat', 'saw', NO_WORD, NO_WORD];
    expect(countOrder(placed(0, 1, 4, 2, 3), words)).toEqual({ words: 3, own: 2, right: 2, neighbours: 1, pairs: 2 });
  });

  it('count as right in the place of an equal word, and as such only', () => {
    const count = countOrder(placed(3, 1, 2, 0, 4), WORDS);
    expect(count).toMatchObject({ words: 5, own: 3, right: 5 });
  });

  it('are right neighbours where they still follow each other', () => {
    expect(countOrder(placed(0, 1, 2, 3, 4), WORDS)).toMatchObject({ neighbours: 4, pairs: 4 });
    // Moved by one as a whole: places are wrong, neighbours right but for the one that left.
    expect(countOrder(placed(1, 2, 3, 4, 0), WORDS)).toMatchObject({ own: 0, neighbours: 3, pairs: 4 });
  });

  it('are no neighbours below a surer word, nor nowhere', () => {
    expect(countOrder(placed(0, 1, 1, 3, 4), WORDS)).toMatchObject({ neighbours: 2, pairs: 4 });
    expect(countOrder(placed(0, NOWHERE, 2, 3, 4), WORDS)).toMatchObject({ neighbours: 2, own: 4 });
  });

  it('leave holes, and show the surest of those that claim one place', () => {
    const line = standing(placed(0, 1, 1, 3, 3), WORDS.length);
    expect(line.map((piece) => piece?.patch ?? null)).toEqual([0, 1, null, 3, null]);
  });
});

it('gives equal words one colour, and others none', () => {
  expect(huesOf(['the', 'cat', 'the', 'dog', 'saw', 'dog'])).toEqual([1, 0, 1, 2, 0, 2]);
});
