/** The level that every painter has to get below. */
import type { ViewWords } from '../modalities/view.ts';

export function Zeros({ words: { samples, token, values, mean } }: { words: ViewWords }) {
  return (
    <p>
      <b>zeros</b> is the error of answering 0 everywhere, measured on the held-out {samples}: what lies clearly below it was
      learned. With targets normalised per {token}, a {token} of N numbers costs (N − 1) / N, and one without any contrast
      nothing. With raw {values} the line is the <b>{mean}</b>.
    </p>
  );
}
