/** Something being read: how far, how long still, and a way out. */
import { Progress } from 'radix-ui';
import { formatClock, formatCount } from '../format.ts';
import { type Progress as Loading, secondsLeft } from '../store/run.ts';

interface Props {
  loading: Loading;
  /** What goes on meanwhile, in a sentence. */
  meanwhile: string;
  onCancel(): void;
}

export function LoadingLine({ loading, meanwhile, onCancel }: Props) {
  const { task, done, total } = loading;
  const seconds = secondsLeft(loading, performance.now());
  return (
    <div className="add-files">
      <div className="loading-line">
        <span className="loading-task">
          {task}
          {total > 1 && ` ${formatCount(done)} / ${formatCount(total)}`}
        </span>
        <button type="button" className="button small-button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <Progress.Root className="progress" data-task value={total > 0 ? Math.round((100 * done) / total) : null} aria-label={task}>
        <Progress.Indicator className="progress-done" style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }} />
      </Progress.Root>
      <p className="small muted">
        {meanwhile} {seconds !== null && `${formatClock(seconds)} left.`}
      </p>
    </div>
  );
}
