/** What the board of each kind of task shows. */
import type { ReactNode } from 'react';
import { extrasOf } from '../../extras.ts';
import { isStrip, type ViewWords } from '../../modalities/view.ts';
import type { BoardKind } from '../../objectives/page.ts';
import { selectInfo, selectModality } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useView, useWords } from '../../store/useView.ts';

export function AboutBoard({ kind }: { kind: BoardKind }) {
  const board = useApp((state) => selectInfo(state)?.board ?? null);
  const { aspect } = useView();
  const words = useWords();
  const { About, instead } = extrasOf(useApp(selectModality)) ?? {};
  return (
    <>
      {instead === undefined ? (
        TEXTS[kind]?.(words, isStrip(aspect(board)) ? ['Above', 'Below it', 'At the bottom'] : ['Left', 'Middle', 'Right'])
      ) : (
        <instead.About kind={kind} />
      )}
      {About !== undefined && <About />}
      <p>Drop a {words.dropped} to see it at the top. The slider below goes back in training time.</p>
    </>
  );
}

/** Where the drawings of a row stand. */
type Places = readonly [first: string, second: string, third: string];

const TEXTS: Readonly<Partial<Record<BoardKind, (words: ViewWords, places: Places) => ReactNode>>> = {
  jigsaw: ({ sample, token, tokens }, [first, second, third]) => (
    <>
      <p>
        Each row is a {sample} that the model never trained on. {first}: its {tokens}, shuffled, as the model gets them; bright
        ones are context, faint ones are masked, dropped ones are missing. {second}: each {token} where the model would put it.{' '}
        {third}: the {sample}.
      </p>
      <p>
        <b>First guess</b> (argmax) is what the model says: {tokens} may claim the same cell (the surest is on top) and leave
        others empty (grey). <b>Solved whole</b> (assignment) solves the puzzle as a whole, one {token} a cell; that usually looks
        better, and is not what accuracy means.
      </p>
      <p>
        A blue border is right, an orange one wrong, a dark one marks a {token} that was told its place. Confidence draws a bar as
        long as the probability; arrows lead from wrong {tokens} to where they belong.
      </p>
    </>
  ),
  cloze: ({ sample }) => (
    <p>
      Each row is a {sample} that the model never trained on. Words were masked at random; in each gap stands the likeliest one,
      and the true one where that is wrong. Words that stand elsewhere in the {sample} could be copied from there.
    </p>
  ),
  painting: ({ sample, token, tokens, values, scale }) => (
    <>
      <p>
        Each row is a {sample} that the model never trained on: the original, what the model saw of it (grey is removed), what it
        painted, and its painting with the visible {tokens} put back.
      </p>
      <p>
        The prediction is drawn in full, visible {tokens} too: those are not trained, so they look worse than the rest.{' '}
        <b>Error</b> is the mean squared error of the target on removed {tokens}.
      </p>
      <p>
        <b>borrowed statistics</b>: the model was asked for {values} relative to their own {token}, not for its {scale}. To draw
        the {sample} these are taken from the true {token}, so part of what you see was given away.
      </p>
    </>
  ),
  latents: ({ sample, token, tokens }) => (
    <>
      <p>
        Each row is a {sample} that the model never trained on. The teacher sees all of it; its target for each {token} is a
        vector, drawn as a colour: the three directions in which these vectors differ most are red, green and blue. The student
        sees only the {tokens} of the first drawing and predicts the others; its predictions are drawn on the same three axes.
      </p>
      <p>
        <b>Cosine similarity</b> says for each predicted {token} whether both vectors point the same way: deep blue is 1, white is
        0, orange is opposite. Colours change their meaning from step to step; likeness within a row is what counts.
      </p>
    </>
  ),
  classes: ({ sample }) => (
    <>
      <p>
        Each row is a {sample} that the model never trained on, with the three classes it finds most probable. The right class is
        blue; a wrong first answer is orange.
      </p>
    </>
  ),
};
