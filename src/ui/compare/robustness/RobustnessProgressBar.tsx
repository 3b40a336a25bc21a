/** How far the robustness study is, and how long it still takes. */
import { Progress } from 'radix-ui';
import { formatClock, formatCount } from '../../format.ts';
import type { RobustnessWork } from '../../store/robustness.ts';
import { useApp } from '../../store/store.ts';
import { sayTask } from '../../study/robustnessPlan.ts';

export function RobustnessProgressBar() {
  const work = useApp((state) => state.robustness.work);
  return (
    <div className="study-progress">
      {/* Says when models begin; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work?.progress == null ? '' : `Model ${work.progress.done + 1} of ${work.progress.total}`}
      </p>
      {work !== null && <Bar work={work} />}
    </div>
  );
}

function Bar({ work }: { work: RobustnessWork }) {
  const { progress, preparing, secondsLeft } = work;
  const share =
    preparing !== null
      ? preparing.done / Math.max(1, preparing.total)
      : progress === null
        ? 0
        : (progress.done + shareOfModel(progress)) / progress.total;
  return (
    <>
      <p className="study-progress-line">
        <span>{sayWork(work)}</span>
        <span className="muted">{secondsLeft !== null && `about ${formatClock(secondsLeft)} left`}</span>
      </p>
      <Progress.Root className="progress" value={Math.round(100 * share)} aria-label="Progress of the robustness study">
        <Progress.Indicator className="progress-done" style={{ width: `${100 * share}%` }} />
      </Progress.Root>
    </>
  );
}

/** Only training grows evenly, and takes nearly all of a model's time; the bar never goes back. */
function shareOfModel({ doing, share }: NonNullable<RobustnessWork['progress']>): number {
  if (doing === 'testing') return 0.9;
  return doing === 'training' ? 0.9 * share : 0;
}

function sayWork({ preparing, progress }: RobustnessWork): string {
  if (preparing !== null) return `${preparing.task}…`;
  if (progress === null) return 'Starting the engine…';
  const { done, total, task, doing } = progress;
  return `${formatCount(Math.min(total, done + 1))} of ${formatCount(total)}: ${sayTask(task)}: ${doing}`;
}
