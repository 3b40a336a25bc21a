/** What an objective asks of the model, and what enters the encoder. */
import type { ReactNode } from 'react';
import type { ObjectiveName } from '../../../config/objectives.ts';

export function AboutTask({ objective }: { objective: ObjectiveName }) {
  return TEXTS[objective];
}

const TEXTS: Readonly<Record<ObjectiveName, ReactNode>> = {
  mp3: (
    <>
      <p>
        MP3 (masked patch position prediction): the picture is cut into patches, the patches are shuffled, and the Transformer,
        which gets no positions, says for each patch which cell it came from.
      </p>
      <p>
        The <b>mask ratio</b> hides a share of the patches from attention: hidden patches may look at the others, but nobody may
        look at them. More masking is harder, and makes a model that depends less on seeing everything.
      </p>
      <p>
        <b>Masked patches</b> can also be dropped (JigsawViT), or some of the kept ones told their place (DropPos).
      </p>
    </>
  ),
  mae: (
    <>
      <p>
        MAE (masked autoencoder): most patches are removed, and the model paints what was there.{' '}
        <b>Only the kept patches enter the encoder</b>, each with its position, so a step is cheap; a light decoder gets them back
        together with one and the same learned mask token for every gap, and paints the gaps.
      </p>
      <p>
        The decoder is thrown away after pretraining. The target can be pixels as they are, or relative to their own patch, which
        makes for better features and for pictures that borrow each patch’s brightness.
      </p>
    </>
  ),
  simmim: (
    <>
      <p>
        SimMIM is BERT’s idea for pictures: <b>all places enter the encoder</b>, and where a patch is masked, a learned mask token
        stands for it. A single linear layer paints the masked patches; the loss is the mean absolute error of raw pixels.
      </p>
      <p>
        No decoder, but a dearer step: the encoder works on every place. <b>Beside MAE</b> puts the numbers of both next to each
        other. Larger mask units cannot be painted from their neighbours alone.
      </p>
    </>
  ),
  data2vec: (
    <>
      <p>
        data2vec 2.0 paints no pixels. A teacher, the running average of the student itself, sees <b>the whole picture</b>; its
        inner values, layer-averaged and normalised, are the targets. <b>The student’s encoder gets the kept patches only</b>, and
        convolutions carry what it saw into the gaps, where it predicts the targets.
      </p>
      <p>
        Several students with different <b>masks</b> share one look of the teacher. Kept patches come in blocks, so that gaps are
        large. Learning from one’s own average can collapse: watch the panel on the right.
      </p>
    </>
  ),
  selfDistillation: (
    <>
      <p>
        A run in phases. A model is pretrained on one kind of picture (MAE: <b>only kept patches enter the encoder</b>), then
        further pretrained on the data set chosen above. That model becomes a teacher; a student starts again from the pretrained
        weights and learns to paint and to agree with the teacher on <b>whole pictures</b>.
      </p>
      <p>
        The student takes over what is useful of the new pictures and stays closer to where it came from. The variants switch off
        one part each, as the paper’s ablations do.
      </p>
    </>
  ),
  supervised: (
    <>
      <p>
        Training with labels, from scratch: what all pretraining is compared with. <b>All patches enter the encoder</b>, nothing
        is masked, and a linear head names the class.
      </p>
      <p>
        <b>Labels per class</b> takes only some of the labels, the same ones for every run of that seed. Smoothing, mixup and
        CutMix keep a model from being too sure of few pictures.
      </p>
    </>
  ),
};
