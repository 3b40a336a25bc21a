/** How the page shows SimMIM. */
import { simmim } from '../../config/objectives/simmim.ts';
import { mainChart } from '../charts/plan.ts';
import { BesideMae } from './BesideMae.tsx';
import { LowerIsBetter } from './LowerIsBetter.tsx';
import type { ObjectivePage } from './page.ts';
import { bertOnWords } from './words.tsx';

export const simmimPage: ObjectivePage = {
  board: 'painting',
  measures: ['curves', 'explorer', 'cells'],
  charts: [
    mainChart(simmim, 'loss'),
    { title: 'Variance across cells', metric: 'maskedVariance', heldOut: [{ name: 'held-out', metric: 'maskedVariance' }] },
  ],
  about: ({ samples, token, tokens, values }) => (
    <>
      <p>
        SimMIM is BERT’s idea for {samples}: <b>all places enter the encoder</b>, and where a {token} is masked, a learned mask
        token stands for it. A single linear layer paints the masked {tokens}; the loss is the mean absolute error of raw {values}
        .
      </p>
      <p>
        No decoder, but a dearer step: the encoder works on every place. <b>Beside MAE</b> puts the numbers of both next to each
        other. Larger mask units cannot be painted from their neighbours alone.
      </p>
    </>
  ),
  aboutCurves: ({ samples, tokens, values, mean }) => (
    <>
      <p>
        <b>Absolute error</b>: how far the painted {values} are from the true ones, on masked {tokens}, in their standard
        deviations. It is also the loss. <b>{mean}</b> is what painting everything in it costs, measured on the held-out {samples}
        .
      </p>
      <p>
        The <b>variance across cells</b> says how much the painting differs from cell to cell: at 0 the model paints the same
        everywhere.
      </p>
    </>
  ),
  aboutExplorer: () => <LowerIsBetter />,
  beside: <BesideMae />,
  on: { text: bertOnWords },
};
