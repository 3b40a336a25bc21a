/** Settings on the left, the board in the middle, measurements on the right. */
import { Finished } from '../Finished.tsx';
import { AttentionPanel } from '../panels/AttentionPanel.tsx';
import { BoardPanel } from '../panels/BoardPanel.tsx';
import { DataPanel } from '../panels/DataPanel.tsx';
import { Measures } from '../panels/Measures.tsx';
import { ModelPanel } from '../panels/ModelPanel.tsx';
import { OptimiserPanel } from '../panels/OptimiserPanel.tsx';
import { TaskPanel } from '../panels/TaskPanel.tsx';
import { Boundary } from '../parts/Boundary.tsx';

export function Workspace() {
  return (
    <main className="workspace">
      <div className="column settings">
        <Boundary name="Data">
          <DataPanel />
        </Boundary>
        <Boundary name="Task">
          <TaskPanel />
        </Boundary>
        <Boundary name="Model">
          <ModelPanel />
        </Boundary>
        <Boundary name="Optimiser">
          <OptimiserPanel />
        </Boundary>
      </div>
      <div className="column boards">
        <Finished />
        <Boundary name="Board">
          <BoardPanel />
        </Boundary>
        <Boundary name="Attention locality">
          <AttentionPanel />
        </Boundary>
      </div>
      <Measures />
    </main>
  );
}
