/** Throughput, step time, memory. Each has a fixed width, so that nothing moves when a digit comes or goes. */
import { formatBytes, formatMilliseconds, formatRate } from '../format.ts';
import { selectImagesPerSecond, selectMemory, selectStepTime } from '../store/selectors.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useWords } from '../store/useView.ts';

const READABLE_MILLISECONDS = 500;

export function Metrics() {
  const rate = useAppSlowly(selectImagesPerSecond, READABLE_MILLISECONDS);
  const step = useAppSlowly(selectStepTime, READABLE_MILLISECONDS);
  const memory = useAppSlowly(selectMemory, READABLE_MILLISECONDS);
  const { brief } = useWords();
  return (
    <dl className="metrics">
      <Metric name="Throughput" value={`${rate === null ? '–' : formatRate(rate)} ${brief}s/s`} />
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
