/**
 * A chart in the place that its panel gives it, with its title, its newest numbers and what can be done with it. The place is there before
 * the chart is, so nothing jumps.
 */
import { type RefObject, useRef, useState } from 'react';
import { useSize } from '../hooks.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import type { ChartProps } from './Chart.tsx';
import { ChartHead } from './ChartHead.tsx';
import { EnlargedChart } from './EnlargedChart.tsx';
import { canBeLog, missingOnLog } from './log.ts';

const Chart = lazyPart(() => import('./Chart.tsx'));

type Shown = Omit<ChartProps, 'size'>;

interface Props extends Shown {
  /** The newest numbers, or those of the place that is looked at. */
  values?: string;
  frame?: RefObject<HTMLElement | null>;
}

export function LazyChart({ values, frame, ...props }: Props) {
  const [isLog, setLog] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { title, y, series, references = [] } = props;
  const mayBeLog = 'metric' in y && canBeLog(y.metric);
  const missing = isLog && mayBeLog ? missingOnLog(series, references) : null;
  const shown: Shown = mayBeLog ? { ...props, y: { ...y, log: isLog } } : props;
  const head = {
    title,
    values: missing === null ? (values ?? null) : [values, missing].filter(Boolean).join('; '),
    ...(mayBeLog ? { log: { isOn: isLog, set: setLog } } : {}),
  };
  return (
    <>
      <figure ref={frame} className="chart-figure">
        <ChartHead {...head} enlarge={{ ref: opener, open: () => setLarge(true) }} />
        <ChartPlace {...shown} isDrawn={!isLarge} />
      </figure>
      <EnlargedChart title={title} opener={opener} isOpen={isLarge} onClose={() => setLarge(false)}>
        <figure className="chart-figure">
          <ChartHead {...head} />
          <ChartPlace {...shown} isDrawn={isLarge} />
        </figure>
      </EnlargedChart>
    </>
  );
}

/** @param isDrawn whether it can be seen: one chart is not drawn in two places */
function ChartPlace({ isDrawn, ...props }: Shown & { isDrawn: boolean }) {
  const [ref, size] = useSize<HTMLDivElement>();
  return (
    <div ref={ref} className="chart-frame">
      {isDrawn && size !== null && size.height > 0 && <Chart {...props} size={size} />}
    </div>
  );
}
