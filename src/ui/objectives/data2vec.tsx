/** How the page shows data2vec 2.0. */
import { data2vec } from '../../config/objectives/data2vec.ts';
import { mainChart } from '../charts/plan.ts';
import { LowerIsBetter } from './LowerIsBetter.tsx';
import type { ObjectivePage } from './page.ts';
import { data2vecOnWords } from './words.tsx';

export const data2vecPage: ObjectivePage = {
  board: 'latents',
  measures: ['curves', 'explorer', 'collapse'],
  charts: [
    mainChart(data2vec, 'perDimension'),
    { title: 'Cosine similarity', metric: 'cosine', heldOut: [{ name: 'held-out', metric: 'cosine' }] },
  ],
  about: ({ sample, tokens, values }) => (
    <>
      <p>
        data2vec 2.0 paints no {values}. A teacher, the running average of the student itself, sees <b>the whole {sample}</b>; its
        inner values, layer-averaged and normalised, are the targets. <b>The student’s encoder gets the kept {tokens} only</b>,
        and convolutions carry what it saw into the gaps, where it predicts the targets.
      </p>
      <p>
        Several students with different <b>masks</b> share one look of the teacher. Kept {tokens} come in blocks, so that gaps are
        large. Learning from one’s own average can collapse: watch the panel on the right.
      </p>
    </>
  ),
  aboutCurves: () => (
    <>
      <p>
        <b>Error per dimension</b>: mean squared error of the predicted targets, in units of what answering <b>zeros</b> costs. An
        error that falls to almost 0 is no triumph: then the targets have become trivial. Read the collapse watch beside it.
      </p>
      <p>
        <b>Cosine similarity</b>: whether predictions point where the targets point, 1 at best.
      </p>
    </>
  ),
  aboutExplorer: () => <LowerIsBetter />,
  on: { text: data2vecOnWords },
};
