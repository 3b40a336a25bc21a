/** What a board of samples with several members shows. */
import type { ReactNode } from 'react';
import type { BoardReport } from '../../trainer/reports.ts';

export function AboutPairs({ kind }: { kind: BoardReport['kind'] }) {
  return TEXTS[kind];
}

const TEXTS: Readonly<Partial<Record<BoardReport['kind'], ReactNode>>> = {
  pairs: (
    <>
      <p>
        Things that the model never trained on, each with the senses that it has. In the squares below, a row is the first sense
        of a thing, a column the second sense of each: dark blue where their embeddings point the same way, orange where they are
        opposite. Members of one thing meet on the outlined diagonal.
      </p>
      <p>
        Pull the slider back to the start: all squares are alike there. What looks or sounds much the same stays near each other:
        of Paired digits, things that share a digit, a size or a place. A caption that does not name the digit cannot know better.
      </p>
    </>
  ),
  senses: (
    <p>
      Each row is a thing that the model never trained on: each sense as it is, what the model saw of it (grey is removed), and
      the same with what it painted in the gaps. Guessed words are blue where they are right, orange where they are not, with the
      true word below. Things that lack a sense are not painted: training and numbers are of whole ones.
    </p>
  ),
  switchboard: (
    <>
      <p>
        One thing that the model never trained on. Switch its senses on and off: the bars are what the model says then. Labels
        were there for the outlined senses only. Keys 1, 2 and 3 switch, the arrows go to the next thing, F to the next kind of
        things: all of them, those that only all senses together get right, and those that one more sense makes wrong.
      </p>
      <p>
        <b>Noise</b> lies over what corrupts a sense anyway; the model as it is now answers at once, also where an earlier step is
        looked at.
      </p>
      <p>
        What is shown is averaged, never summed: a sense that is missing leaves nothing in its place. One sense always stays on,
        as there is nothing to answer to without.
      </p>
    </>
  ),
};
