/** Embeddings of several senses along two common axes. */
import type { Sense } from '../../../config/modalities.ts';
import type { SensesReport } from '../../../trainer/reports.ts';
import { formatPercent } from '../../format.ts';
import { viewOf } from '../../modalities/registry.ts';

const SIDE = 100;
const EDGE = 4;
const HUES = 6;

export function EmbeddingPlane({ plane: { senses, coordinates, shares, classes } }: Pick<SensesReport, 'plane'>) {
  const axes = [0, 1].map((axis) => coordinates.flatMap((own) => Array.from(own).filter((_, i) => i % 2 === axis)));
  const ranges = axes.map((values) => ({ low: least(values), high: most(values) }));
  // One scale for both, so that distances are distances.
  const span = Math.max(1e-9, ...ranges.map(({ low, high }) => high - low));
  const place = (value: number, { low, high }: (typeof ranges)[number]): number =>
    SIDE / 2 + ((value - (low + high) / 2) / span) * (SIDE - 2 * EDGE);
  const shown = shares.map((share) => formatPercent(share, 0)).join(' and ');
  return (
    <figure className="plane">
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={`Embeddings of ${senses.join(', ')} in a plane`}>
        {senses.map((sense, k) =>
          Array.from({ length: coordinates[k].length / 2 }, (_, i) => (
            <Mark
              // biome-ignore lint/suspicious/noArrayIndexKey: samples have no names
              key={`${sense} ${i}`}
              sense={sense}
              x={place(coordinates[k][2 * i], ranges[0])}
              y={SIDE - place(coordinates[k][2 * i + 1], ranges[1])}
              hue={classes === undefined ? 1 : (classes[i] % HUES) + 1}
            />
          )),
        )}
      </svg>
      <figcaption className="fact">
        {senses.map((sense) => `${viewOf(sense).mark?.sign} ${sense}`).join(' ')}; the axes show {shown} of the variance; six
        colours for all classes
      </figcaption>
    </figure>
  );
}

function least(values: readonly number[]): number {
  return values.reduce((so, value) => Math.min(so, value), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((so, value) => Math.max(so, value), Number.NEGATIVE_INFINITY);
}

function Mark({ sense, x, y, hue }: { sense: Sense; x: number; y: number; hue: number }) {
  return <path d={viewOf(sense).mark?.path} transform={`translate(${x} ${y})`} fill={`var(--hue-${hue})`} />;
}
