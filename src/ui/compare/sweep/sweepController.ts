/** The sweep of the Compare page: what its form says, and the points that follow from it. */
import { DATASET_LABELS } from '../../../config/datasets.ts';
import { checkSweep } from '../../../config/sweep/check.ts';
import { pointKey, sweepPoints } from '../../../config/sweep/points.ts';
import type { Sweep } from '../../../config/sweep/sweep.ts';
import type { SweepChoice, SweepState } from '../../store/sweep.ts';
import { type PointParts, PointRunner } from './pointRunner.ts';

/** Samples that a point is tested on at most: a percent of them is ten. */
const TEST_SAMPLES = 1000;

export interface SweepParts extends Omit<PointParts<Sweep>, 'points'> {
  sweeps: {
    getState(): SweepState;
    setState(change: Partial<SweepState> | ((state: SweepState) => Partial<SweepState>)): void;
  };
}

export class SweepController extends PointRunner<Sweep> {
  constructor(private readonly own: SweepParts) {
    super(
      { ...own, points: own.sweeps },
      {
        what: 'sweep',
        page: 'Compare',
        check: checkSweep,
        plans: (sweep) => [{ points: sweepPoints(sweep), testSamples: TEST_SAMPLES }],
        keys: (sweep) => new Set(sweepPoints(sweep).map(pointKey)),
        onFiles: ({ base }) => (base.data.dataset === 'files' ? base : null),
        samplesName: ({ base }) => DATASET_LABELS[base.data.dataset],
        read: (database) => database.lastSweep(),
        write: (database, report) => database.keepSweep(report),
      },
    );
  }

  choose(change: Partial<SweepChoice>): void {
    this.own.sweeps.setState(({ choice }) => ({ choice: { ...choice, ...change }, problems: [], estimate: null }));
  }
}
