/** How the page shows MAE. */
import { mae } from '../../config/objectives/mae.ts';
import { heldOutChart, LOSS_IN_NATS, mainChart } from '../charts/plan.ts';
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
        which makes for better features and for {samples} that borrow each {token}’s {scale}; or a few PCA coefficients of each{' '}
        {token}; or which entry of a code book of {tokens} is nearest, a stand-in for BEiT’s tokens.
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
  variants: {
    tokens: {
      charts: [heldOutChart(mae.variants.tokens), LOSS_IN_NATS],
      aboutCurves: ({ token, tokens }) => (
        <>
          <p>
            <b>Removed entries right</b>: the share of removed {tokens} whose entry of the code book is the most probable one. The
            dashed lines are <b>chance</b> and the <b>most frequent</b> entry among the training {tokens}, always given.
          </p>
          <p>
            <b>Loss</b>: mean surprise at the true entry, in nats. The code book stands in for the tokens of BEiT, which a network
            of its own (dVAE) learned; here it is k-means of training {tokens}, so an entry tells how a {token} looks, and not
            what it means.
          </p>
        </>
      ),
      aboutExplorer: () => <p>Share of removed entries right over the mask ratio, without further training.</p>,
    },
  },
};
