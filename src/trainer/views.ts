import type { ObjectiveName } from '../config/objectives.ts';
import { bertPainter } from '../objectives/bert.ts';
import { learnedTarget } from '../objectives/learnedTargets.ts';
import { decoderOf, maePainter } from '../objectives/mae.ts';
import { maeWordPainter } from '../objectives/maeWords.ts';
import { distillationTask, paintingPretext, wordsPretext } from '../objectives/selfDistillation.ts';
import { simmimPainter } from '../objectives/simmim.ts';
import { ClassesView } from './classes.ts';
import { CodesView } from './codes.ts';
import { DistillationView, type LookedAtPretext } from './distillation.ts';
import { JigsawView } from './jigsaw.ts';
import { LatentView } from './latents.ts';
import { fixedPainting, PaintingView } from './painting.ts';
import { PairsView } from './pairs.ts';
import type { Run } from './run.ts';
import { SensesPaintingView } from './sensesPainting.ts';
import { SwitchboardView } from './switchboard.ts';
import type { View } from './view.ts';
import { WordsView } from './words.ts';

const jigsaw = (run: Run): View => new JigsawView(run);

const VIEWS: Readonly<Record<ObjectiveName, MakeView>> = {
  mp3: jigsaw,
  mae: byTokens(
    (run) => lookedAtPatches(run),
    (run) => new WordsView(run, maeWordPainter(run.spec, decoderOf(run.config))),
  ),
  simmim: byTokens(
    (run) => new PaintingView(run, simmimPainter(run.spec, run.config.simmim.maskUnit)),
    // Whatever it trains on, it is asked about words that are not there at all.
    (run) => new WordsView(run, bertPainter(run.spec, 'mask')),
  ),
  data2vec: (run) => new LatentView(run),
  selfDistillation: byTokens(
    (run) => new DistillationView(run, lookedAtMae(run)),
    (run) => new DistillationView(run, lookedAtBert(run)),
  ),
  supervised: (run) => new ClassesView(run),
  contrastive: (run) => new PairsView(run),
  multimodalMae: (run) => new SensesPaintingView(run),
  robust: (run) => new SwitchboardView(run),
};

/** Pixels and coefficients are painted, entries of a code book guessed. */
function lookedAtPatches(run: Run): View {
  const { spec, config } = run;
  const learned = learnedTarget(config.mae, run.subject);
  const painter = maePainter(spec, decoderOf(config), config.mae, learned);
  return learned?.kind === 'tokens' ? new CodesView(run, painter, learned) : new PaintingView(run, painter);
}

function lookedAtMae(run: Run): LookedAtPretext {
  const painter = maePainter(run.spec, decoderOf(run.config), run.config.mae);
  return {
    pretext: paintingPretext(painter),
    view: new PaintingView(run, painter),
    task(set, samples, maskRatio) {
      const { batch, task } = fixedPainting(run, painter, set, samples, maskRatio);
      return { task: distillationTask(task, batch), count: batch.count };
    },
  };
}

function lookedAtBert(run: Run): LookedAtPretext {
  const painter = bertPainter(run.spec, 'mask');
  const view = new WordsView(run, painter);
  return {
    pretext: wordsPretext(painter),
    view,
    task(set, samples, maskRatio) {
      const asked = view.ask(set, samples, maskRatio);
      return asked && { task: distillationTask(asked.task, asked.batch), count: asked.batch.count };
    },
  };
}

type MakeView = (run: Run) => View;

function byTokens(numbers: MakeView, words: MakeView): MakeView {
  return (run) => (run.spec.vocabulary === undefined ? numbers : words)(run);
}

/** How to look at a run: its objective decides. */
export function viewOf(run: Run): View {
  return VIEWS[run.config.task.objective](run);
}
