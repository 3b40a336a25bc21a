/** How far a study is, and how long it still takes. */
import { Progress } from 'radix-ui';
import { formatClock, formatCount } from '../format.ts';
import { useApp } from '../store/store.ts';
import type { StudyWork } from '../store/study.ts';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatSize } from '../study/summary.ts';

export function StudyProgressBar() {
  const work = useApp((state) => state.study.work);
  const total = useApp((state) => state.study.report?.total ?? 1);
  return (
    <div className="study-progress">
      {/* Says when tasks begin; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work?.progress == null ? '' : `Task ${work.progress.done + 1} of ${total}`}
      </p>
      {work !== null && <Bar work={work} />}
    </div>
  );
}

function Bar({ work }: { work: StudyWork }) {
  const { progress, preparing, secondsLeft } = work;
  const share =
    preparing !== null
      ? preparing.done / Math.max(1, preparing.total)
      : progress === null
        ? 0
        : (progress.done + progress.share) / progress.total;
  return (
    <>
      <p className="study-progress-line">
        <span>{sayWork(work)}</span>
        <span className="muted">{secondsLeft !== null && `about ${formatClock(secondsLeft)} left`}</span>
      </p>
      <Progress.Root className="progress" value={Math.round(100 * share)} aria-label="Progress of the study">
        <Progress.Indicator className="progress-done" style={{ width: `${100 * share}%` }} />
      </Progress.Root>
    </>
  );
}

function sayWork({ preparing, progress }: StudyWork): string {
  if (preparing !== null) return `${preparing.task}…`;
  if (progress === null) return 'Starting the engine…';
  const { name, task, done, total, doing } = progress;
  const labels = task.labelsPerClass === 0 ? 'all labels' : `${formatSize(task.labelsPerClass)} labels a class`;
  const what = `${name}, ${PROTOCOL_LABELS[task.protocol]}, ${labels}, seed ${task.seed}: ${doing}`;
  return `${formatCount(Math.min(total, done + 1))} of ${formatCount(total)}: ${what}`;
}
