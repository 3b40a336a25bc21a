/** A chart in the place that its panel gives it. The place is there before the chart is, so nothing jumps. */
import { useSize } from '../hooks.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import type { ChartProps } from './Chart.tsx';

const Chart = lazyPart(() => import('./Chart.tsx'));

interface Props extends Omit<ChartProps, 'size'> {
  title: string;
  /** The newest numbers, beside the title. */
  values?: string;
}

export function LazyChart({ title, values, ...props }: Props) {
  const [ref, size] = useSize<HTMLDivElement>();
  return (
    <figure className="chart-figure">
      <figcaption className="chart-title">
        {title}
        {values !== undefined && <span className="chart-values">{values}</span>}
      </figcaption>
      <div ref={ref} className="chart-frame">
        {size !== null && size.height > 0 && <Chart {...props} size={size} />}
      </div>
    </figure>
  );
}
