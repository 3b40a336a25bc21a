/**
 * A chart in the place that its panel gives it, with its title, its newest numbers and what can be done with it. The place is there before
 * the chart is, so nothing jumps.
 */
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useSize } from '../hooks.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import type { ChartProps } from './Chart.tsx';
import { ChartHead } from './ChartHead.tsx';
import { EnlargedChart } from './EnlargedChart.tsx';
import { canBeLog, missingOnLog } from './log.ts';
import { measureName, namesFit } from './nameRoom.ts';

const Chart = lazyPart(() => import('./Chart.tsx'));

interface Shown extends Omit<ChartProps, 'size' | 'isNameless'> {
  /** Names the lines below the chart where it is too small for whole names at their ends; there they are cut when absent. */
  legend?: ReactNode;
}

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
function ChartPlace({ isDrawn, legend, ...props }: Shown & { isDrawn: boolean }) {
  const [ref, size] = useSize<HTMLDivElement>();
  const names = props.series.map(({ name }) => name);
  // The chart is lower with a legend: what did not fit does not fit then either.
  const isNameless = legend !== undefined && size !== null && !namesFit(names, size, measureName);
  return (
    <>
      <div ref={ref} className="chart-frame">
        {isDrawn && size !== null && size.height > 0 && <Chart {...props} isNameless={isNameless} size={size} />}
      </div>
      {isNameless && legend}
    </>
  );
}
