/** How the page shows training with labels. */
import { supervised } from '../../config/objectives/supervised.ts';
import { LOSS_IN_NATS, mainChart } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';
import { labelsOnWords } from './words.tsx';

export const supervisedPage: ObjectivePage = {
  board: 'classes',
  measures: ['curves', 'classes'],
  charts: [mainChart(supervised, 'accuracy'), LOSS_IN_NATS],
  about: ({ samples, tokens }) => (
    <>
      <p>
        Training with labels, from scratch: what all pretraining is compared with. <b>All {tokens} enter the encoder</b>, nothing
        is masked, and a linear head names the class.
      </p>
      <p>
        <b>Labels per class</b> takes only some of the labels, the same ones for every run of that seed. Smoothing, mixup and
        CutMix keep a model from being too sure of few {samples}.
      </p>
    </>
  ),
  aboutCurves: ({ samples }) => (
    <>
      <p>
        <b>Accuracy</b> is the share of {samples} whose most probable class is the right one; <b>chance</b> is guessing.{' '}
        <b>Loss</b> is the mean surprise at the true class. With label smoothing it cannot reach 0.
      </p>
      <p>A training line far above the held-out one means that {samples} are remembered, not understood: take more labels.</p>
    </>
  ),
  on: { text: labelsOnWords },
};
