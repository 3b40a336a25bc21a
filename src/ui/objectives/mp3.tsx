/** How the page shows MP3. */
import { mp3 } from '../../config/objectives/mp3.ts';
import { LOSS_IN_NATS, mainChart } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';
import { mp3OnWords } from './words.tsx';

export const mp3Page: ObjectivePage = {
  board: 'jigsaw',
  measures: ['curves', 'explorer', 'positions'],
  charts: [mainChart(mp3, 'positionAccuracy'), LOSS_IN_NATS],
  about: ({ sample, token, tokens }) => (
    <>
      <p>
        MP3 (masked patch position prediction): the {sample} is cut into {tokens}, the {tokens} are shuffled, and the Transformer,
        which gets no positions, says for each {token} which cell it came from.
      </p>
      <p>
        The <b>mask ratio</b> hides a share of the {tokens} from attention: hidden {tokens} may look at the others, but nobody may
        look at them. More masking is harder, and makes a model that depends less on seeing everything.
      </p>
      <p>
        <b>Masked {tokens}</b> can also be dropped (JigsawViT), or some of the kept ones told their place (DropPos).
      </p>
    </>
  ),
  aboutCurves: ({ token, tokens }) => (
    <>
      <p>
        <b>Position accuracy</b> is the share of {tokens} whose most probable cell is their own. <b>Loss</b> is the mean surprise
        at the true cell, in nats (1 nat is 1.44 bits): ln n when the model guesses among n cells, 0 when it is sure and right.
      </p>
      <p>
        <b>chance</b> is guessing. <b>content only</b> is the floor of a model without attention, which judges each {token} by
        itself. What lies above it was learned by comparing {tokens}. <b>ceiling</b> appears when {tokens} are exactly alike, so
        that nobody could tell them apart.
      </p>
    </>
  ),
  aboutExplorer: () => (
    <p>
      Trained without masking, the curve is high on the left and falls steeply; trained at 0.75 it is lower and flat. The dashed
      upright line is the mask ratio of this training. The run before this one stays faintly behind it.
    </p>
  ),
  on: { text: mp3OnWords },
};
