/** How far a sweep is, how long it still takes, and the way to pause it or to leave a point out. */
import { Pause, Play, SkipForward } from 'lucide-react';
import { Progress } from 'radix-ui';
import { sayPlace } from '../../../config/sweep/check.ts';
import { pointKey, sweepPoints } from '../../../config/sweep/points.ts';
import { BASELINE_LABELS } from '../../../config/sweep/sweep.ts';
import { sayAbout } from '../../../trainer/sweep/pace.ts';
import type { SweepProgress } from '../../../trainer/sweep/plan.ts';
import { formatCount } from '../../format.ts';
import { selectMeasurer } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import type { PointWork, SweepReport } from '../../store/sweep.ts';
import type { SweepController } from './sweepController.ts';
import { useSweep } from './sweepStore.ts';

export function SweepProgressBar({ sweeps }: { sweeps: SweepController }) {
  const work = useSweep((state) => state.work);
  const report = useSweep((state) => state.report);
  const measurer = useApp(selectMeasurer);
  const isOpen = report !== null && report.outcome !== 'running' && report.outcome !== 'finished';
  return (
    <div className="study-progress">
      {/* Says when points begin; a number that changes all the time would never let a screen reader speak. */}
      <p className="visually-hidden" aria-live="polite">
        {work?.progress == null ? '' : `Point ${work.progress.done + 1} of ${work.progress.total}`}
      </p>
      {work !== null && <Bar work={work} report={report} />}
      <div className="sweep-buttons">
        {work !== null && (
          <button type="button" className="button" onClick={() => sweeps.pause()}>
            <Pause size={16} aria-hidden="true" />
            {work.estimateOnly ? 'Stop' : 'Pause'}
          </button>
        )}
        {work?.progress != null && !work.estimateOnly && (
          <button type="button" className="button" onClick={() => sweeps.skip()}>
            <SkipForward size={16} aria-hidden="true" />
            Skip this point
          </button>
        )}
        {work === null && isOpen && (
          <button type="button" className="button" disabled={measurer !== null} onClick={() => sweeps.resume()}>
            <Play size={16} aria-hidden="true" />
            Go on with the sweep
          </button>
        )}
      </div>
    </div>
  );
}

function Bar({ work, report }: { work: PointWork; report: SweepReport | null }) {
  const { progress, preparing, secondsLeft } = work;
  const share = progress === null ? 0 : (progress.done + shareOf(progress)) / progress.total;
  const said =
    preparing !== null ? `${preparing.task}…` : progress === null ? 'Starting the engine…' : sayProgress(progress, report);
  return (
    <>
      <p className="study-progress-line">
        <span>{said}</span>
        <span className="muted">{secondsLeft !== null && `${sayAbout(secondsLeft)} left`}</span>
      </p>
      <Progress.Root className="progress" value={Math.round(100 * share)} aria-label="Progress of the sweep">
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

function sayProgress({ done, total, key, doing }: SweepProgress, report: SweepReport | null): string {
  const point = report && sweepPoints(report.sweep).find((known) => pointKey(known) === key);
  const baseline = point?.baseline === undefined ? '' : BASELINE_LABELS[point.baseline];
  const place = point == null ? '' : [baseline, sayPlace(point.at, (report as SweepReport).sweep.base), `seed ${point.seed}`];
  const what = Array.isArray(place) ? place.filter((part) => part !== '').join(', ') : '';
  return `${formatCount(done + 1)} of ${formatCount(total)}: ${what === '' ? '' : `${what}: `}${DOING[doing]}`;
}
