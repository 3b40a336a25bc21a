/** The lines of a chart by their names, below it. */
import type { Series } from '../charts/types.ts';
import { LineSample } from './LineSample.tsx';

export function LineLegend({ series }: { series: readonly Pick<Series, 'name' | 'hue'>[] }) {
  return (
    <ul className="legend">
      {series.map(({ name, hue }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have one name
        <li key={index}>
          {hue !== undefined && <LineSample hue={hue} />}
          {name}
        </li>
      ))}
    </ul>
  );
}
