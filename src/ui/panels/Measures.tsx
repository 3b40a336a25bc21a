/** The column of measurements: what there is to measure depends on the objective. */
import type { ComponentType } from 'react';
import type { MeasureName } from '../objectives/page.ts';
import { pageOf } from '../objectives/registry.ts';
import { Boundary } from '../parts/Boundary.tsx';
import { selectConfig, selectObjective } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { CellErrorsPanel } from './CellErrorsPanel.tsx';
import { CollapsePanel } from './CollapsePanel.tsx';
import { ClassConfusionPanel, PositionConfusionPanel } from './ConfusionPanel.tsx';
import { CurvesPanel } from './CurvesPanel.tsx';
import { ExplorerPanel } from './ExplorerPanel.tsx';
import { PhasesPanel } from './PhasesPanel.tsx';
import { RetrievalPanel } from './RetrievalPanel.tsx';
import { SensesPanel } from './SensesPanel.tsx';

const PANELS = {
  curves: ['Curves', CurvesPanel],
  phases: ['Phases', PhasesPanel],
  explorer: ['Mask ratio explorer', ExplorerPanel],
  positions: ['Position confusion', PositionConfusionPanel],
  classes: ['Class confusion', ClassConfusionPanel],
  cells: ['Error by cell', CellErrorsPanel],
  collapse: ['Collapse watch', CollapsePanel],
  senses: ['Between senses', SensesPanel],
  retrieval: ['Retrieval', RetrievalPanel],
} as const satisfies Record<MeasureName, readonly [title: string, panel: ComponentType]>;

export function Measures() {
  const objective = useApp(selectObjective);
  const { measures } = pageOf(useApp(selectConfig));
  return (
    <div className="column measures" data-objective={objective} data-panels={measures.length}>
      {measures.map((name) => {
        const [title, Measure] = PANELS[name];
        return (
          <Boundary key={name} name={title}>
            <Measure />
          </Boundary>
        );
      })}
    </div>
  );
}
