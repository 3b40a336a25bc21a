/** How far the measurement is. */
import { Progress } from 'radix-ui';
import { formatClock } from '../format.ts';
import type { BenchWork } from '../store/bench.ts';
import { useApp } from '../store/store.ts';
import { contenderName } from './columns.ts';

export function BenchRun() {
  const work = useApp((state) => state.bench.work);
  return (
    <section className="bench-run" aria-label="Progress of the measurement">
      {/* Says when a size begins and ends; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work === null ? '' : `Measuring ${work.config}`}
      </p>
      {work !== null && <Bar work={work} />}
    </section>
  );
}

function Bar({ work }: { work: BenchWork }) {
  const { config, waiting, progress } = work;
  const percent = 100 * (progress?.share ?? 0);
  const left = progress?.secondsLeft ?? null;
  return (
    <>
      <div className="bench-run-line">
        <span>
          <b>{config}</b> {phaseText(work)}
        </span>
        <span className="muted">
          {left === null ? 'finding out how long it takes' : `${formatClock(left)} left`}
          {waiting.length > 0 && `, then ${waiting.join(' and ')}`}
        </span>
      </div>
      <Progress.Root className="progress" value={Math.round(percent)} aria-label={`Measuring ${config}`}>
        <Progress.Indicator className="progress-done" style={{ width: `${percent}%` }} />
      </Progress.Root>
    </>
  );
}

function phaseText({ progress }: BenchWork): string {
  if (progress === null) return 'loading the engine';
  const { phase, contender, done, total } = progress.progress;
  const name = contenderName(contender);
  switch (phase) {
    case 'preparing':
      return `preparing ${name}`;
    case 'multiplying':
      return `finding the fastest matrix product of ${name}`;
    case 'comparing losses':
    case 'warming up':
    case 'counting':
    case 'timing':
      return `${phase}: step ${done + 1} of ${total}, ${name}`;
    default:
      return phase satisfies never;
  }
}
