/** What is looked for at first: what belongs to a picture of the board. */
import type { FindingState } from '../modalities/finding.ts';

export const NOTHING_SOUGHT: FindingState = {
  from: 'board',
  sample: 0,
  senses: ['picture'],
  picture: null,
  sound: null,
  text: '',
  found: null,
  problem: null,
};
