/** The column of measurements: what there is to measure depends on the objective. */
import type { ComponentType } from 'react';
import type { ObjectiveName } from '../../config/objectives.ts';
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
} satisfies Record<string, ComponentType>;

const MEASURES: Readonly<Record<ObjectiveName, readonly (keyof typeof PANELS)[]>> = {
  mp3: ['curves', 'explorer', 'positions'],
  mae: ['curves', 'explorer', 'cells'],
  simmim: ['curves', 'explorer', 'cells'],
  data2vec: ['curves', 'explorer', 'collapse'],
  selfDistillation: ['curves', 'phases', 'explorer', 'cells'],
  supervised: ['curves', 'classes'],
};

export function Measures() {
  const objective = useApp(selectObjective);
  return (
    <div className="column measures" data-objective={objective}>
      {MEASURES[objective].map((name) => {
        const Measure = PANELS[name];
        return <Measure key={name} />;
      })}
    </div>
  );
}
