/** What the board of each kind of task shows. */
import type { ReactNode } from 'react';
import type { BoardKind } from '../../objectives/page.ts';

export function AboutBoard({ kind }: { kind: BoardKind }) {
  return (
    <>
      {TEXTS[kind]}
      <p>Drop a photo to see it at the top. The slider below goes back in training time.</p>
    </>
  );
}

const TEXTS: Readonly<Record<BoardKind, ReactNode>> = {
  jigsaw: (
    <>
      <p>
        Each row is a picture that the model never trained on. Left: its patches, shuffled, as the model gets them; bright ones
        are context, faint ones are masked, dropped ones are missing. Middle: each patch where the model would put it. Right: the
        picture.
      </p>
      <p>
        <b>First guess</b> (argmax) is what the model says: patches may claim the same cell (the surest is on top) and leave
        others empty (grey). <b>Solved whole</b> (assignment) solves the puzzle as a whole, one patch a cell; that usually looks
        better, and is not what accuracy means.
      </p>
      <p>
        A blue border is right, an orange one wrong, a dark one marks a patch that was told its place. Confidence draws a bar as
        long as the probability; arrows lead from wrong patches to where they belong.
      </p>
    </>
  ),
  painting: (
    <>
      <p>
        Each row is a picture that the model never trained on: the original, what the model saw of it (grey is removed), what it
        painted, and its painting with the visible patches put back.
      </p>
      <p>
        The prediction is drawn in full, visible patches too: those are not trained, so they look worse than the rest.{' '}
        <b>Error</b> is the mean squared error of the target on removed patches.
      </p>
      <p>
        <b>borrowed statistics</b>: the model was asked for pixels relative to their own patch, not for its brightness and
        contrast. To draw a picture these are taken from the true patch, so part of what you see was given away.
      </p>
    </>
  ),
  latents: (
    <>
      <p>
        Each row is a picture that the model never trained on. The teacher sees all of it; its target for each patch is a vector,
        drawn as a colour: the three directions in which these vectors differ most are red, green and blue. The student sees only
        the patches on the left and predicts the others; its predictions are drawn on the same three axes.
      </p>
      <p>
        <b>Cosine similarity</b> says for each predicted patch whether both vectors point the same way: deep blue is 1, white is
        0, orange is opposite. Colours change their meaning from step to step; likeness within a row is what counts.
      </p>
    </>
  ),
  classes: (
    <>
      <p>
        Each row is a picture that the model never trained on, with the three classes it finds most probable. The right class is
        blue; a wrong first answer is orange.
      </p>
    </>
  ),
};
