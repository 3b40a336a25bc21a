/** How the page shows contrastive pretraining of several senses. */
import { contrastive } from '../../config/objectives/contrastive.ts';
import { heldOutChart, LOSS_IN_NATS } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';

export const contrastivePage: ObjectivePage = {
  board: 'pairs',
  measures: ['curves', 'retrieval', 'senses', 'collapse'],
  charts: [heldOutChart(contrastive), LOSS_IN_NATS],
  about: () => (
    <>
      <p>
        Three encoders, one for each sense, and no labels: each thing of a batch is shown as a picture, a sound and a caption, and{' '}
        <b>every member has to find the other members of its own thing among all of the batch</b>. Embeddings are compared by
        cosine, in a space that all senses share.
      </p>
      <p>
        A low <b>temperature</b> looks at the hardest of the others only. <b>Through pictures</b> pairs everything with pictures
        and nothing else, as ImageBind does: do sounds and captions meet all the same?
      </p>
    </>
  ),
  aboutCurves: () => (
    <>
      <p>
        <b>Retrieval</b>: of how many samples the nearest one by another sense is of the same class, mean over all six ways to
        ask. Captions that do not name the digit set it a ceiling.
      </p>
      <p>
        <b>Loss</b>: mean surprise at the own partner. Guessing costs the logarithm of the batch (<b>chance</b>); it cannot reach
        0, as the same digit in the same size and place stands more than once in a batch, and captions say little: the{' '}
        <b>perfect matcher</b> reads every picture and sound, and knows of built-in captions all that they say. Training below it
        is learned by heart.
      </p>
    </>
  ),
};
