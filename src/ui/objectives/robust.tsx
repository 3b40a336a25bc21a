/** How the page shows labels for some senses only. */
import { robust } from '../../config/objectives/robust.ts';
import { mainChart } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';

export const robustPage: ObjectivePage = {
  board: 'switchboard',
  measures: ['curves'],
  charts: [
    mainChart(robust, 'accuracy'),
    {
      title: 'Whatever is shown',
      metric: 'performance',
      heldOut: [
        { name: 'mean over subsets', metric: 'performance' },
        { name: 'worst subset', metric: 'robustness' },
      ],
    },
  ],
  about: () => (
    <>
      <p>
        Labels for some senses, tests with any: <b>one linear classifier reads the mean of what is shown</b>, so that a sense may
        be missing, added, or stand in for another.
      </p>
      <p>
        <b>MASD</b> (modality-augmented self-distillation) shows samples without labels twice: the labelled senses answer, and the
        other senses learn to answer likewise. Start it from pretrained encoders: from nothing there is little to teach.
      </p>
    </>
  ),
  aboutCurves: () => (
    <p>
      <b>Accuracy</b> is that of the senses with labels. Beside it, over every subset of the senses that a sample may show: the
      mean (<b>performance</b>, P) and the lowest (<b>robustness</b>, R).
    </p>
  ),
};
