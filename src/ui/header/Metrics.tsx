/** Throughput, step time, memory. Each has a fixed width, so that nothing moves when a digit comes or goes. */
import { formatBytes, formatMilliseconds, formatRate } from '../format.ts';
import { useAppSlowly } from '../hooks.ts';
import { selectImagesPerSecond } from '../store/selectors.ts';
import type { AppState } from '../store/store.ts';

const READABLE_MILLISECONDS = 500;

const selectStepTime = (state: AppState): number | null => state.run.stepMilliseconds;
const selectMemory = (state: AppState): number => state.run.memoryBytes;

export function Metrics() {
  const rate = useAppSlowly(selectImagesPerSecond, READABLE_MILLISECONDS);
  const step = useAppSlowly(selectStepTime, READABLE_MILLISECONDS);
  const memory = useAppSlowly(selectMemory, READABLE_MILLISECONDS);
  return (
    <dl className="metrics">
      <Metric name="Throughput" value={`${rate === null ? '–' : formatRate(rate)} images/s`} />
      <Metric name="Time of a step" value={step === null ? '– ms' : formatMilliseconds(step)} suffix="/step" />
      <Metric name="Memory" value={memory === 0 ? '– MB' : formatBytes(memory)} />
    </dl>
  );
}

function Metric({ name, value, suffix = '' }: { name: string; value: string; suffix?: string }) {
  return (
    <div className="metric">
      <dt className="visually-hidden">{name}</dt>
      <dd>
        {value}
        {suffix}
      </dd>
    </div>
  );
}
