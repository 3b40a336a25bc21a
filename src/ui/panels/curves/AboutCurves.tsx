/** What the curves of an objective mean. */
import type { ReactNode } from 'react';
import type { ObjectiveName } from '../../../config/objectives.ts';

export function AboutCurves({ objective }: { objective: ObjectiveName }) {
  return (
    <>
      {TEXTS[objective]}
      <p>The thick line is measured on held-out pictures and fixed masks, the thin one on the training batches as they come.</p>
    </>
  );
}

const ZEROS = (
  <p>
    <b>zeros</b> is the error of answering 0 everywhere, measured on the held-out pictures: what lies clearly below it was
    learned. With targets normalised per patch, a patch of N numbers costs (N − 1) / N, and a flat grey one nothing. With raw
    pixels the line is the <b>mean colour</b>.
  </p>
);

const TEXTS: Readonly<Record<ObjectiveName, ReactNode>> = {
  mp3: (
    <>
      <p>
        <b>Position accuracy</b> is the share of patches whose most probable cell is their own. <b>Loss</b> is the mean surprise
        at the true cell: ln n when the model guesses among n cells, 0 when it is sure and right.
      </p>
      <p>
        <b>chance</b> is guessing. <b>content only</b> is the floor of a model without attention, which judges each patch by
        itself. What lies above it was learned by comparing patches. <b>ceiling</b> appears when patches look exactly alike, so
        that nobody could tell them apart.
      </p>
    </>
  ),
  mae: (
    <>
      <p>
        <b>Error on removed patches</b>: mean squared error of what is painted, where nothing was seen. It is also the loss.
      </p>
      {ZEROS}
      <p>
        Below it, two checks. The error on <b>visible</b> patches is not trained: it stays above that of removed ones, and in
        photographs above zeros. In drawn pictures the hue of a smooth patch is most of its target, and easily guessed. The{' '}
        <b>variance</b> says how much the painting differs from cell to cell: at 0 the decoder does not know where it paints.
      </p>
    </>
  ),
  simmim: (
    <>
      <p>
        <b>Absolute error</b>: how far the painted pixels are from the true ones, on masked patches, in standard deviations of a
        pixel. It is also the loss. <b>mean colour</b> is what painting everything in it costs, measured on the held-out pictures.
      </p>
      <p>
        The <b>variance across cells</b> says how much the painting differs from cell to cell: at 0 the model paints the same
        everywhere.
      </p>
    </>
  ),
  data2vec: (
    <>
      <p>
        <b>Error per dimension</b>: mean squared error of the predicted targets. Targets have variance 1, so answering{' '}
        <b>zeros</b> costs 1. An error that falls to almost 0 is no triumph: then the targets have become trivial. Read the
        collapse watch beside it.
      </p>
      <p>
        <b>Cosine similarity</b>: whether predictions point where the targets point, 1 at best.
      </p>
    </>
  ),
  selfDistillation: (
    <>
      <p>
        <b>Error on removed patches</b>: as in MAE, whose loss stays part of every phase. The upright lines are where phases
        begin: the error jumps up when the pictures change, and when a student restarts from the pretrained weights.
      </p>
      {ZEROS}
      <p>
        <b>Distillation</b>, in the last phases: squared distance of the student’s class token to the teacher’s, summed over its
        numbers.
      </p>
    </>
  ),
  supervised: (
    <>
      <p>
        <b>Accuracy</b> is the share of pictures whose most probable class is the right one; <b>chance</b> is guessing.{' '}
        <b>Loss</b> is the mean surprise at the true class. With label smoothing it cannot reach 0.
      </p>
      <p>A training line far above the held-out one means that pictures are remembered, not understood: take more labels.</p>
    </>
  ),
};
