/** How the page shows multimodal MAE. */
import { multimodalMae } from '../../config/objectives/multimodalMae.ts';
import { mainChart } from '../charts/plan.ts';
import type { ObjectivePage } from './page.ts';

export const multimodalMaePage: ObjectivePage = {
  board: 'senses',
  measures: ['curves'],
  charts: [
    mainChart(multimodalMae, 'pictureError'),
    {
      title: 'Sounds and words',
      metric: 'wordError',
      heldOut: [
        { name: 'sounds', metric: 'soundError' },
        { name: 'words', metric: 'wordError' },
      ],
    },
  ],
  about: () => (
    <>
      <p>
        Most of a picture and of a sound is removed, and half of the words of a caption. Each sense has an encoder of its own;{' '}
        <b>one block lets all that is kept see each other</b>, and a light decoder paints what is gone of each.
      </p>
      <p>
        A caption can tell which digit to paint, and a picture which word is missing. Nothing asks for one space, though: what one
        sense means is another place for the next. Labels of one sense say nothing about the others.
      </p>
    </>
  ),
  aboutCurves: () => (
    <p>
      Errors on what was removed, of each sense by itself: mean squared error per number of pictures and of sounds, and surprise
      at the removed words. Training lowers their sum, words at half weight.
    </p>
  ),
};
