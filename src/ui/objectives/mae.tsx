/** How the page shows MAE. */
import { mae } from '../../config/objectives/mae.ts';
import { mainChart } from '../charts/plan.ts';
import { BesideMae } from './BesideMae.tsx';
import { LowerIsBetter } from './LowerIsBetter.tsx';
import type { ObjectivePage } from './page.ts';
import { maeOnWords } from './words.tsx';
import { Zeros } from './Zeros.tsx';

export const maePage: ObjectivePage = {
  board: 'painting',
  measures: ['curves', 'explorer', 'cells'],
  charts: [
    mainChart(mae, 'loss'),
    {
      title: 'Checks',
      metric: 'visibleError',
      heldOut: [
        { name: 'visible', metric: 'visibleError' },
        { name: 'variance', metric: 'maskedVariance' },
      ],
    },
  ],
  about: ({ samples, token, tokens, values, scale }) => (
    <>
      <p>
        MAE (masked autoencoder): most {tokens} are removed, and the model paints what was there.{' '}
        <b>Only the kept {tokens} enter the encoder</b>, each with its position, so a step is cheap; a light decoder gets them
        back together with one and the same learned mask token for every gap, and paints the gaps.
      </p>
      <p>
        The decoder is thrown away after pretraining. The target can be {values} as they are, or relative to their own {token},
        which makes for better features and for {samples} that borrow each {token}’s {scale}.
      </p>
    </>
  ),
  aboutCurves: (words) => (
    <>
      <p>
        <b>Error on removed {words.tokens}</b>: mean squared error of what is painted, where nothing was seen. It is also the
        loss.
      </p>
      <Zeros words={words} />
      <p>
        Below it, two checks. The error on <b>visible</b> {words.tokens} is not trained: it stays above that of removed ones, and
        in what was photographed or recorded above zeros. In drawn pictures the hue of a smooth patch is most of its target, and
        easily guessed. The <b>variance</b> says how much the painting differs from cell to cell: at 0 the decoder does not know
        where it paints.
      </p>
    </>
  ),
  aboutExplorer: () => <LowerIsBetter />,
  beside: <BesideMae />,
  on: { text: maeOnWords },
};
