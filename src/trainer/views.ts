import type { ObjectiveName } from '../config/objectives.ts';
import { JigsawView } from './jigsaw.ts';
import type { Run } from './run.ts';
import type { View } from './view.ts';

const jigsaw = (run: Run): View => new JigsawView(run);

const VIEWS: Readonly<Record<ObjectiveName, (run: Run) => View>> = {
  mp3: jigsaw,
  mae: jigsaw,
  simmim: jigsaw,
  data2vec: jigsaw,
  selfDistillation: jigsaw,
  supervised: jigsaw,
};

/** How to look at a run: its objective decides. */
export function viewOf(run: Run): View {
  return VIEWS[run.config.task.objective](run);
}
