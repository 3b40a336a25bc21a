/** What a board of texts shows. */

import type { ReactNode } from 'react';
import type { BoardReport } from '../../trainer/reports.ts';
import { Reworded } from '../parts/Reworded.tsx';
import { useSay } from '../store/useView.ts';

type BoardKind = BoardReport['kind'];

export function AboutTexts({ kind }: { kind: BoardKind }) {
  return <Reworded say={useSay()}>{TEXTS[kind]}</Reworded>;
}

const TEXTS: Readonly<Partial<Record<BoardKind, ReactNode>>> = {
  cloze: (
    <>
      <p>
        Texts that the model never trained on. A masked word is a box, as wide as the word, with the model’s likeliest guess in
        it: blue is right, dashed orange is wrong, with the true word below. The stronger the tint, the surer the model.
      </p>
      <p>
        Point at a box, or go to it with the arrow keys, to see its five likeliest words. The dashed bars are what its{' '}
        <b>two neighbours alone</b> would say, counted on up to 8,192 training texts: what lies beyond them was found further
        away. A thin line leads to the nearest place where the same word can be seen.
      </p>
      <p>
        <b>Press any word to mask it, or to show it again</b>, or type a sentence of your own. Words that are underlined are not
        in the vocabulary. <b>Only earlier sentences tell</b> counts masked words that stand in an earlier sentence and that the
        two neighbours alone would get wrong: copying them is what takes long to learn.
      </p>
    </>
  ),
  jigsaw: (
    <>
      <p>
        Each block is a stretch of a text that the model never trained on. First column: its words, shuffled, as the model gets
        them. Second: the words where the model would put them; hatched places are empty, and of words that claim one place the
        surest stands there. Third: the text. Curves lead from every word to its place, dashed orange ones to a wrong one.
      </p>
      <p>
        <b>Equal words cannot be told apart</b>, so they share a colour, and a place that holds an equal word counts as right
        where that is said. A text that is shorter than the window ends in empty places, ∅, which are shuffled along and are not
        counted as words. <b>Right neighbours</b> are words that follow each other in the text and still do where they were put.
      </p>
    </>
  ),
  latents: (
    <>
      <p>
        Texts that the model never trained on. The student sees the words without a tint and predicts the teacher’s inner values
        of the others. Behind each of those: the <b>cosine similarity</b> of prediction and target, deep blue is 1, orange
        opposite.
      </p>
      <p>
        The line below a word is the same with <b>another word’s target</b>. Where both are alike, the predictions say where a
        word stands and not which it is, however high the cosine.
      </p>
    </>
  ),
  classes: (
    <p>
      Texts that the model never trained on, with the three classes it finds most probable. Behind each word: how much less
      probable the first of them is when that word is left out, blue; orange words speak against it. The strongest word of a text
      has the full tint.
    </p>
  ),
  painting: null,
};
