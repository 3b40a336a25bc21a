/** How far a study of either kind is, and how long it still takes. */
import { Progress } from 'radix-ui';
import { formatClock, formatCount } from '../format.ts';

interface Work {
  /** What is done before the first task begins. */
  preparing: { task: string; done: number; total: number } | null;
  progress: { done: number; total: number } | null;
  secondsLeft: number | null;
}

interface Props {
  /** Null while none is under way. */
  work: Work | null;
  /** What the bar is called. */
  label: string;
  /** Which task has begun, in words. */
  begun: string;
  /** What the task at hand does. */
  doing: string;
  /** How much of it is done, 0 to 1. */
  share: number;
}

export function StudyBar({ work, label, begun, doing, share }: Props) {
  return (
    <div className="study-progress">
      {/* Says when tasks begin; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work?.progress == null ? '' : begun}
      </p>
      {work !== null && <Bar work={work} label={label} doing={doing} done={shareOf(work, share)} />}
    </div>
  );
}

function Bar({ work, label, doing, done }: { work: Work; label: string; doing: string; done: number }) {
  return (
    <>
      <p className="study-progress-line">
        <span>{sayWork(work, doing)}</span>
        <span className="muted">{work.secondsLeft !== null && `about ${formatClock(work.secondsLeft)} left`}</span>
      </p>
      <Progress.Root className="progress" value={Math.round(100 * done)} aria-label={label}>
        <Progress.Indicator className="progress-done" style={{ width: `${100 * done}%` }} />
      </Progress.Root>
    </>
  );
}

function shareOf({ preparing, progress }: Work, ofTask: number): number {
  if (preparing !== null) return preparing.done / Math.max(1, preparing.total);
  return progress === null ? 0 : (progress.done + ofTask) / progress.total;
}

function sayWork({ preparing, progress }: Work, doing: string): string {
  if (preparing !== null) return `${preparing.task}…`;
  if (progress === null) return 'Starting the engine…';
  const { done, total } = progress;
  return `${formatCount(Math.min(total, done + 1))} of ${formatCount(total)}: ${doing}`;
}
