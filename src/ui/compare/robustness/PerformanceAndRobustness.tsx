/** Performance and robustness, looked at in three ways: by kind of pairs, by training subset, and by where each model is best tested. */
import { useState } from 'react';
import { Toggles } from '../../controls/Toggles.tsx';
import type { RobustnessReport } from '../../store/robustness.ts';
import { BestTested } from './BestTested.tsx';
import { PlaneOfSubsets } from './PlaneOfSubsets.tsx';
import { Strata } from './Strata.tsx';

const VIEWS = [
  ['bars', 'bars'],
  ['plane', 'R against P'],
  ['best', 'best tested'],
] as const;

export function PerformanceAndRobustness({ report }: { report: RobustnessReport }) {
  const [view, look] = useState<string>('bars');
  return (
    <section aria-label="Performance and robustness" className="label-curves">
      <div className="study-chart-head">
        <h3 id="strata-title">Performance and robustness</h3>
        <Toggles labelledBy="strata-title" value={view} disabled={false} options={VIEWS} onChange={look} />
      </div>
      {view === 'plane' ? (
        <PlaneOfSubsets report={report} />
      ) : view === 'best' ? (
        <BestTested report={report} />
      ) : (
        <Strata report={report} />
      )}
    </section>
  );
}
