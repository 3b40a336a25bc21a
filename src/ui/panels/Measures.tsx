/** The column of measurements: what there is to measure depends on the objective. */
import type { ComponentType } from 'react';
import type { MeasureName } from '../objectives/page.ts';
import { OBJECTIVE_PAGES } from '../objectives/registry.ts';
import { selectObjective } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { CellErrorsPanel } from './CellErrorsPanel.tsx';
import { CollapsePanel } from './CollapsePanel.tsx';
import { ClassConfusionPanel, PositionConfusionPanel } from './ConfusionPanel.tsx';
import { CurvesPanel } from './CurvesPanel.tsx';
import { ExplorerPanel } from './ExplorerPanel.tsx';
import { PhasesPanel } from './PhasesPanel.tsx';

const PANELS = {
  curves: CurvesPanel,
  phases: PhasesPanel,
  explorer: ExplorerPanel,
  positions: PositionConfusionPanel,
  classes: ClassConfusionPanel,
  cells: CellErrorsPanel,
  collapse: CollapsePanel,
} satisfies Record<MeasureName, ComponentType>;

export function Measures() {
  const objective = useApp(selectObjective);
  return (
    <div className="column measures" data-objective={objective}>
      {OBJECTIVE_PAGES[objective].measures.map((name) => {
        const Measure = PANELS[name];
        return <Measure key={name} />;
      })}
    </div>
  );
}
