/** Where the run stands. The bar shows the run, or, while there is something to wait for, that. */
import { Progress } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Phase } from '../../worker/protocol.ts';
import { formatClock, formatCount } from '../format.ts';
import { BENCH_ADDRESS, COMPARE_ADDRESS, PAPERS_ADDRESS } from '../place.ts';
import { secondsLeft, type Progress as Task } from '../store/run.ts';
import {
  type Measurer,
  selectMeasurer,
  selectPhase,
  selectSecondsLeft,
  selectStep,
  selectTotalSteps,
} from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

/** A task shorter than this is not worth a word. */
const QUIET_MILLISECONDS = 300;

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  opening: 'Getting ready',
  ready: 'Ready',
  running: 'Training',
  paused: 'Paused',
  finished: 'Finished',
  failed: 'Failed',
  recovering: 'Recovering',
};

const MEASURERS: Readonly<Record<Measurer, string>> = {
  Compare: COMPARE_ADDRESS,
  Papers: PAPERS_ADDRESS,
  Bench: BENCH_ADDRESS,
};

export function RunStatus() {
  const phase = useApp(selectPhase);
  const step = useApp(selectStep);
  const total = useApp(selectTotalSteps);
  const task = useSlowTask();
  const share = task === null ? step / total : task.done / Math.max(1, task.total);
  return (
    <div className="run-status" data-phase={phase}>
      {/* Not live: a number that changes ten times a second would never let a screen reader speak. */}
      <div role="status" aria-live="off" aria-label="Run status" className="run-status-text">
        <span className="run-phase">{PHASE_WORDS[phase]}</span>{' '}
        <span className="run-step">
          step {formatCount(step)} of {formatCount(total)}
        </span>
      </div>
      <Progress.Root
        className="progress"
        data-task={task !== null || undefined}
        value={Math.round(100 * Math.min(1, share))}
        aria-label={task?.task ?? 'Steps done'}
      >
        <Progress.Indicator className="progress-done" style={{ width: `${100 * Math.min(1, share)}%` }} />
      </Progress.Root>
      {task === null ? <TimeLeft phase={phase} /> : <TaskText task={task} />}
      <PhaseAnnouncer phase={phase} />
    </div>
  );
}

function TimeLeft({ phase }: { phase: Phase }) {
  const seconds = useApp((state) => {
    const left = selectSecondsLeft(state);
    return left === null ? null : Math.round(left);
  });
  const measurer = useApp(selectMeasurer);
  if (measurer !== null) {
    return (
      <a className="time-left" href={MEASURERS[measurer]}>
        {measurer} is measuring
      </a>
    );
  }
  if (phase === 'finished' || phase === 'failed' || seconds === null) return <span className="time-left" />;
  return <span className="time-left">{formatClock(seconds)} left</span>;
}

function TaskText({ task }: { task: Task }) {
  const seconds = secondsLeft(task, performance.now());
  return (
    <span className="time-left">
      {task.task}
      {task.total > 1 && ` ${formatCount(task.done)} / ${formatCount(task.total)}`}
      {seconds !== null && `, ${formatClock(seconds)} left`}
    </span>
  );
}

/** What the trainer is busy with, once it has been for long enough to be noticed. */
function useSlowTask(): Task | null {
  const task = useApp((state) => state.run.progress);
  const [shownTask, setShownTask] = useState<string | null>(null);
  const name = task?.task ?? null;
  useEffect(() => {
    if (name === null) return setShownTask(null);
    const timer = setTimeout(() => setShownTask(name), QUIET_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [name]);
  return task !== null && shownTask === task.task ? task : null;
}

/** Says a change of phase, and nothing in between. */
function PhaseAnnouncer({ phase }: { phase: Phase }) {
  return (
    <span className="visually-hidden" aria-live="polite">
      {PHASE_WORDS[phase]}
    </span>
  );
}
