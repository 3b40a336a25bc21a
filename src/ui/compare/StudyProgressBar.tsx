/** How far "Was it worth it?" is. */
import { useApp } from '../store/store.ts';
import type { StudyWork } from '../store/study.ts';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatSize } from '../study/summary.ts';
import { StudyBar } from './StudyBar.tsx';

export function StudyProgressBar() {
  const work = useApp((state) => state.study.work);
  const total = useApp((state) => state.study.report?.total ?? 1);
  const progress = work?.progress ?? null;
  return (
    <StudyBar
      work={work}
      label="Progress of the study"
      begun={progress === null ? '' : `Task ${progress.done + 1} of ${total}`}
      doing={progress === null ? '' : sayTask(progress)}
      share={progress?.share ?? 0}
    />
  );
}

function sayTask({ name, task, doing }: NonNullable<StudyWork['progress']>): string {
  const labels = task.labelsPerClass === 0 ? 'all labels' : `${formatSize(task.labelsPerClass)} labels a class`;
  return `${name}, ${PROTOCOL_LABELS[task.protocol]}, ${labels}, seed ${task.seed}: ${doing}`;
}
