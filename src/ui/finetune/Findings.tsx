/** What the run with labels has learned: what it takes for what, its surest mistakes, where its heads look now and looked before. */
import { useOnScreen } from '../hooks.ts';
import { Panel } from '../panels/Panel.tsx';
import type { AppState } from '../store/store.ts';
import { useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useWords } from '../store/useView.ts';
import { ClassConfusion } from '../study/ClassConfusion.tsx';
import { FitText } from '../study/FitText.tsx';
import { LocalityGrid } from '../study/LocalityGrid.tsx';
import { MistakeGallery } from '../study/MistakeGallery.tsx';

const REDRAW_MILLISECONDS = 800;

const selectConfusion = (state: AppState) => state.curves.latest?.confusion ?? null;
const selectMistakes = (state: AppState) => state.curves.latest?.mistakes ?? null;
const selectDistances = (state: AppState) => state.curves.latest?.attentionDistance ?? null;
const selectLatest = (state: AppState) => state.curves.latest;
const selectUniform = (state: AppState) => state.curves.latest?.uniformDistance ?? 0;
const NO_CLASSES: readonly string[] = [];

export function ConfusionOfClasses() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const confusion = useAppSlowly(selectConfusion, REDRAW_MILLISECONDS, isSeen);
  const classes = useApp((state) => state.run.info?.classes ?? NO_CLASSES);
  return (
    <Panel title="Class confusion" frame={frame} about={<AboutConfusion />}>
      {confusion?.of === 'classes' ? (
        <ClassConfusion counts={confusion.counts} classes={classes} />
      ) : (
        <p className="small muted study-empty">Measured once the run is ready.</p>
      )}
    </Panel>
  );
}

export function MistakesPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const mistakes = useAppSlowly(selectMistakes, REDRAW_MILLISECONDS, isSeen);
  const classes = useApp((state) => state.run.info?.classes ?? NO_CLASSES);
  return (
    <Panel title="Surest mistakes" frame={frame} about={<AboutMistakes />}>
      {mistakes === null ? (
        <p className="small muted study-empty">Measured once the run is ready.</p>
      ) : (
        <MistakeGallery
          pictures={mistakes.pictures}
          mistakes={mistakes.answers.map((answer, picture) => ({ ...answer, picture }))}
          classes={classes}
        />
      )}
    </Panel>
  );
}

export function FitPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const latest = useAppSlowly(selectLatest, REDRAW_MILLISECONDS, isSeen);
  const { loss, trainingLoss, distance } = latest?.scores ?? {};
  const trainSamples = latest?.trainingPictures;
  return (
    <Panel title="Gap and distance" frame={frame} about={<AboutFit />} className="fit-panel">
      {latest === null || loss === undefined || trainingLoss === undefined || trainSamples === undefined ? (
        <p className="small muted study-empty">Measured once the run is ready.</p>
      ) : (
        <FitText
          fit={{ testLoss: loss, trainLoss: trainingLoss, trainSamples, ...(distance !== undefined && { distance }) }}
          tested={latest.pictures}
        />
      )}
    </Panel>
  );
}

export function HeadsPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const after = useAppSlowly(selectDistances, REDRAW_MILLISECONDS, isSeen);
  const uniform = useAppSlowly(selectUniform, REDRAW_MILLISECONDS, isSeen);
  const before = useApp((state) => state.fineTune.run?.before ?? null);
  const depth = useApp((state) => state.run.info?.config.model.depth ?? 0);
  const heads = useApp((state) => state.run.info?.config.model.heads ?? 1);
  const fits = (distances: Float32Array | null): Float32Array | null =>
    distances !== null && distances.length === depth * heads ? distances : null;
  return (
    <Panel title="Attention before and after" frame={frame} about={<AboutHeads />}>
      <LocalityGrid before={fits(before?.distances ?? null)} after={fits(after)} depth={depth} heads={heads} uniform={uniform} />
    </Panel>
  );
}

function AboutConfusion() {
  const { samples } = useWords();
  return (
    <p>
      One row for each true class, one column for each answer, counted over held-out {samples}. Blue squares on the diagonal are
      right, orange ones beside it are classes taken for each other.
    </p>
  );
}

function AboutMistakes() {
  const { sample, samples } = useWords();
  return (
    <p>
      Held-out {samples} of which the model was surest and wrong: the answer it gave, what the {sample} is, and how sure it was.
    </p>
  );
}

function AboutFit() {
  const { samples } = useWords();
  return (
    <p>
      The gap is the loss on held-out {samples} less that on up to 256 {samples} that the run learned from: what is remembered and
      not understood. Distance is the length of the change in the encoder’s weights since the run began. Regularisers shorten it.
    </p>
  );
}

function AboutHeads() {
  const { token, tokens } = useWords();
  return (
    <p>
      Mean distance, in {tokens}, between a {token} and what it attends to, for every head, before the first step with labels and
      now. In the papers, pretrained encoders have nearer and farther heads than supervised ones, and fine-tuning changes late
      layers most.
    </p>
  );
}
