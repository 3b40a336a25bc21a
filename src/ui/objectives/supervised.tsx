/** How the page shows training with labels. */
import { supervised } from '../../config/objectives/supervised.ts';
import { LOSS_IN_NATS, mainChart } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';

export const supervisedPage: ObjectivePage = {
  board: 'classes',
  measures: ['curves', 'classes'],
  charts: [mainChart(supervised, 'accuracy'), LOSS_IN_NATS],
  about: (
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
  aboutCurves: (
    <>
      <p>
        <b>Accuracy</b> is the share of pictures whose most probable class is the right one; <b>chance</b> is guessing.{' '}
        <b>Loss</b> is the mean surprise at the true class. With label smoothing it cannot reach 0.
      </p>
      <p>A training line far above the held-out one means that pictures are remembered, not understood: take more labels.</p>
    </>
  ),
};
