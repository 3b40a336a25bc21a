/** How near the members of all samples of the board are to each other, for every two senses. */
import type { Sense } from '../../config/modalities.ts';
import type { PairedSample } from '../../trainer/reports.ts';
import { CosineCanvas } from '../canvas/CosineCanvas.tsx';
import { plural } from '../format.ts';

interface Props {
  pairs: readonly { first: Sense; second: Sense }[];
  samples: readonly PairedSample[];
}

const SIDE = 120;

export function Matrices({ pairs, samples }: Props) {
  const count = samples.length;
  return (
    <div className="pair-matrices">
      {pairs.map(({ first, second }, k) => {
        const cosine = Float32Array.from(samples.flatMap(({ cosines }) => Array.from(cosines[k])));
        const found = samples.filter(({ cosines }, i) => indexOfLargest(cosines[k]) === i).length;
        const name = `${first} and ${second}`;
        return (
          <figure key={name} className="pair-matrix">
            <figcaption>
              {first} <span aria-hidden="true">×</span> {second}
            </figcaption>
            <span className="pair-square">
              <CosineCanvas
                cosine={cosine}
                grid={[count, count]}
                tile={{ width: SIDE, height: SIDE }}
                label={`Cosines of ${name}: of ${plural(count, 'sample')}, ${found} nearest to their own`}
              />
              <Diagonal count={count} />
            </span>
            <span className="pair-found">
              {found} of {count} nearest to their own
            </span>
          </figure>
        );
      })}
    </div>
  );
}

function Diagonal({ count }: { count: number }) {
  return (
    <svg className="pair-diagonal" viewBox={`0 0 ${count} ${count}`} aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places on a diagonal
        <rect key={i} x={i} y={i} width={1} height={1} />
      ))}
    </svg>
  );
}

function indexOfLargest(values: Float32Array): number {
  let best = -1;
  for (const [i, value] of values.entries()) if (!Number.isNaN(value) && (best < 0 || value > values[best])) best = i;
  return best;
}
