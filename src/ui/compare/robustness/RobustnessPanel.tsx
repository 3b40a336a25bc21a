/** What remains when a sense is missing, added or exchanged at test time (McKinzie et al. 2023). */
import '../../styles/robustness.css';
import '../../styles/robustViews.css';
import { Panel } from '../../panels/Panel.tsx';
import { AboutRobustness } from './AboutRobustness.tsx';
import { RobustnessForm } from './RobustnessForm.tsx';
import { RobustnessProgressBar } from './RobustnessProgressBar.tsx';
import { RobustnessResults } from './RobustnessResults.tsx';
import type { Startable } from './startable.ts';

export default function RobustnessPanel({ startable }: { startable: readonly Startable[] }) {
  return (
    <Panel title="Robustness study" about={<AboutRobustness />} className="study-panel robustness-panel">
      <RobustnessForm startable={startable} />
      <RobustnessProgressBar />
      <RobustnessResults />
    </Panel>
  );
}
