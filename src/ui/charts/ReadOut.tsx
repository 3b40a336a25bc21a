/** The values at the cursor, beside it: on whichever side there is more room. */
import { linesOf, type Reading } from './cursor.ts';
import type { Plot } from './plot.ts';
import { strokeOf } from './SeriesLine.tsx';
import type { Mark, Series } from './types.ts';

interface Props {
  /** Where the cursor is, in words. */
  place: string;
  readings: readonly Reading[];
  series: readonly Series[];
  marks: readonly Mark[];
  /** Of the cursor, in CSS pixels. */
  left: number;
  plot: Plot;
  /** Of the whole chart. */
  width: number;
}

const GAP = 8;
/** What most values take. */
const LEAST_ROOM = 190;

export function ReadOut({ place, readings, series, marks, left, plot, width }: Props) {
  const isRight = left < width / 2;
  // Where there is little room the words go on over the cursor, rather than out of the chart.
  const room = (isRight ? width - left : left) - GAP;
  const edge = room < LEAST_ROOM ? 0 : (isRight ? left : width - left) + GAP;
  const side = edge > 0 === isRight ? { left: edge } : { right: edge };
  const maxWidth = edge > 0 ? room : width;
  return (
    // The slider says the same in words.
    <div className="chart-values-box" style={{ top: plot.top, maxWidth, ...side }} aria-hidden="true">
      <b>{place}</b>
      {readings.map(({ name, index, value, notes }) => (
        <span key={index}>
          <i style={{ background: strokeOf(series[index]) }} />
          {name} <b>{value}</b>
          {notes.length > 0 && <span className="muted"> ({notes.join(', ')})</span>}
        </span>
      ))}
      {linesOf(marks).map((text) => (
        <span key={text}>{text}</span>
      ))}
    </div>
  );
}
