/** How the page shows self-distillation. */
import { selfDistillation } from '../../config/objectives/selfDistillation.ts';
import { mainChart } from '../charts/plan.ts';
import { LowerIsBetter } from './LowerIsBetter.tsx';
import type { ObjectivePage } from './page.ts';
import { distillationOnWords } from './words.tsx';
import { Zeros } from './Zeros.tsx';

export const selfDistillationPage: ObjectivePage = {
  board: 'painting',
  measures: ['curves', 'phases', 'explorer', 'cells'],
  charts: [
    mainChart(selfDistillation, 'maskedError'),
    {
      title: 'Distance to the teacher',
      metric: 'distillation',
      training: 'distillation',
      heldOut: [{ name: 'held-out', metric: 'distillation' }],
      task: 'distillation',
    },
  ],
  about: ({ sample, samples, tokens }) => (
    <>
      <p>
        A run in phases. A model is pretrained on one kind of {sample} (MAE: <b>only kept {tokens} enter the encoder</b>), then
        further pretrained on the data set chosen above. That model becomes a teacher; a student starts again from the pretrained
        weights and learns to paint and to agree with the teacher on <b>whole {samples}</b>.
      </p>
      <p>
        The student takes over what is useful of the new {samples} and stays closer to where it came from. The variants switch off
        one part each, as the paper’s ablations do.
      </p>
    </>
  ),
  aboutCurves: (words) => (
    <>
      <p>
        <b>Error on removed {words.tokens}</b>: as in MAE, whose loss stays part of every phase. The upright lines are where
        phases begin: the error jumps up when the {words.samples} change, and when a student restarts from the pretrained weights.
      </p>
      <Zeros words={words} />
      <p>
        <b>Distillation</b>, in the last phases: squared distance of the student’s class token to the teacher’s, summed over its
        numbers.
      </p>
    </>
  ),
  aboutExplorer: () => <LowerIsBetter />,
  on: { text: distillationOnWords },
};
