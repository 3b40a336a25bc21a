/** How far the robustness study is. */
import type { RobustnessWork } from '../../store/robustness.ts';
import { useApp } from '../../store/store.ts';
import { sayTask } from '../../study/robustnessPlan.ts';
import { StudyBar } from '../StudyBar.tsx';

export function RobustnessProgressBar() {
  const work = useApp((state) => state.robustness.work);
  const progress = work?.progress ?? null;
  return (
    <StudyBar
      work={work}
      label="Progress of the robustness study"
      begun={progress === null ? '' : `Model ${progress.done + 1} of ${progress.total}`}
      doing={progress === null ? '' : `${sayTask(progress.task)}: ${progress.doing}`}
      share={progress === null ? 0 : shareOfModel(progress)}
    />
  );
}

/** Only training grows evenly, and takes nearly all of a model's time; the bar never goes back. */
function shareOfModel({ doing, share }: NonNullable<RobustnessWork['progress']>): number {
  if (doing === 'testing') return 0.9;
  return doing === 'training' ? 0.9 * share : 0;
}
