import type { ObjectiveName } from '../config/objectives.ts';
import { decoderOf, maePainter } from '../objectives/mae.ts';
import { simmimPainter } from '../objectives/simmim.ts';
import { ClassesView } from './classes.ts';
import { DistillationView } from './distillation.ts';
import { JigsawView } from './jigsaw.ts';
import { LatentView } from './latents.ts';
import { PaintingView } from './painting.ts';
import type { Run } from './run.ts';
import type { View } from './view.ts';

const jigsaw = (run: Run): View => new JigsawView(run);

const VIEWS: Readonly<Record<ObjectiveName, (run: Run) => View>> = {
  mp3: jigsaw,
  mae: (run) => new PaintingView(run, maePainter(run.spec, decoderOf(run.config), run.config.mae)),
  simmim: (run) => new PaintingView(run, simmimPainter(run.spec, run.config.simmim.maskUnit)),
  data2vec: (run) => new LatentView(run),
  selfDistillation: (run) => new DistillationView(run),
  supervised: (run) => new ClassesView(run),
};

/** How to look at a run: its objective decides. */
export function viewOf(run: Run): View {
  return VIEWS[run.config.task.objective](run);
}
