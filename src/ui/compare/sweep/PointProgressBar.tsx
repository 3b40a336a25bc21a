/** How far a sweep or a card of a paper is, how long it still takes, and the way to pause it or to leave a point out. */
import { Pause, Play, SkipForward } from 'lucide-react';
import { Progress } from 'radix-ui';
import { sayAbout } from '../../../trainer/sweep/pace.ts';
import type { SweepProgress } from '../../../trainer/sweep/plan.ts';
import { formatCount } from '../../format.ts';
import { selectMeasurer } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import type { PointState, PointWork } from '../../store/sweep.ts';
import type { PointRunner } from './pointRunner.ts';

interface Props<A> {
  runner: PointRunner<A>;
  state: PointState<A>;
  /** "sweep": what goes on. */
  what: string;
  /** A point in words, by its key; empty where it is not known. */
  sayPoint(key: string): string;
}

export function PointProgressBar<A>({ runner, state: { work, report }, what, sayPoint }: Props<A>) {
  const measurer = useApp(selectMeasurer);
  const isOpen = report !== null && report.outcome !== 'running' && report.outcome !== 'finished';
  return (
    <div className="study-progress">
      {/* Says when points begin; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work?.progress == null ? '' : `Point ${work.progress.done + 1} of ${work.progress.total}`}
      </p>
      {work !== null && <Bar work={work} what={what} sayPoint={sayPoint} />}
      <div className="sweep-buttons">
        {work !== null && (
          <button type="button" className="button" onClick={() => runner.pause()}>
            <Pause size={16} aria-hidden="true" />
            {work.estimateOnly ? 'Stop' : 'Pause'}
          </button>
        )}
        {work?.progress != null && !work.estimateOnly && (
          <button type="button" className="button" onClick={() => runner.skip()}>
            <SkipForward size={16} aria-hidden="true" />
            Skip this point
          </button>
        )}
        {work === null && isOpen && (
          <button type="button" className="button" disabled={measurer !== null} onClick={() => runner.resume()}>
            <Play size={16} aria-hidden="true" />
            Go on with the {what}
          </button>
        )}
      </div>
    </div>
  );
}

function Bar({ work, what, sayPoint }: { work: PointWork } & Pick<Props<never>, 'what' | 'sayPoint'>) {
  const { progress, preparing, secondsLeft } = work;
  const share = progress === null ? 0 : (progress.done + shareOf(progress)) / progress.total;
  const said =
    preparing !== null ? `${preparing.task}…` : progress === null ? 'Starting the engine…' : sayProgress(progress, sayPoint);
  return (
    <>
      <p className="study-progress-line">
        <span>{said}</span>
        <span className="muted">{secondsLeft !== null && `${sayAbout(secondsLeft)} left`}</span>
      </p>
      <Progress.Root className="progress" value={Math.round(100 * share)} aria-label={`Progress of the ${what}`}>
        <Progress.Indicator className="progress-done" style={{ width: `${100 * share}%` }} />
      </Progress.Root>
    </>
  );
}

/** Pretraining is taken for most of a point. */
function shareOf({ doing, share }: SweepProgress): number {
  if (doing === 'timing') return 0;
  return doing === 'pretraining' ? 0.7 * share : doing === 'measuring' ? 0.7 : 0.7 + 0.3 * share;
}

const DOING: Readonly<Record<SweepProgress['doing'], string>> = {
  timing: 'timing a step',
  pretraining: 'pretraining',
  measuring: 'measuring',
  labels: 'using labels',
};

function sayProgress({ done, total, key, doing }: SweepProgress, sayPoint: (key: string) => string): string {
  const point = sayPoint(key);
  return `${formatCount(done + 1)} of ${formatCount(total)}: ${point === '' ? '' : `${point}: `}${DOING[doing]}`;
}
