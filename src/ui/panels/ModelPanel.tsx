/** The size of the Transformer. */
import { tokenCount } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import { RUN_FIELDS } from '../../config/run.ts';
import { formatParameters } from '../format.ts';
import { useApp } from '../store/store.ts';
import { Field } from './Field.tsx';
import { Panel } from './Panel.tsx';

export function ModelPanel() {
  return (
    <Panel title="Model" about={<About />} extra={<ModelSize />} className="model-panel">
      <div className="fields">
        {Object.keys(RUN_FIELDS.model).map((name) => (
          <Field key={name} path={`model.${name}`} />
        ))}
      </div>
    </Panel>
  );
}

/** Of the run, not of the settings: a change that has not been taken over yet has no parameters. */
function ModelSize() {
  const parameters = useApp((state) => state.run.info?.parameters ?? null);
  const patches = useApp((state) => {
    const config = state.run.info?.config;
    return config === undefined ? null : tokenCount(config);
  });
  if (parameters === null || patches === null) return null;
  return (
    <span className="fact">
      {formatParameters(parameters)} parameters, {patches} pieces
    </span>
  );
}

function About() {
  const positions = useApp(({ settings: { draft } }) => {
    const known = factsOf(draft).encoder.positions(draft) ?? 'none';
    return draft.task.objective === 'mp3' && known !== 'none' ? 'some' : known;
  });
  const floor = useApp(({ settings: { draft } }) => factsOf(draft).answers === 'cells');
  return (
    <>
      <p>
        A Vision Transformer: each patch becomes a vector of <b>width</b> numbers, which then passes through <b>depth</b> blocks.
        In every block, <b>heads</b> attention patterns let patches look at each other, side by side.
      </p>
      <p>
        {POSITIONS[positions]} {floor ? FLOOR : NO_BLOCKS}
      </p>
    </>
  );
}

/** What the model is told of where a patch is. */
const POSITIONS = {
  none: 'It is given no positions at all: shuffle the pieces and its answers are shuffled the same way.',
  some: 'It is told the place of a few patches, by waves added to them, and of the others nothing.',
  sincos: 'To each patch fixed waves are added that say where it is.',
  learned: 'To each patch a learned vector is added that says where it is.',
  relative: 'In every block it learns how patches matter to each other by the way from one to the other.',
} as const;

const FLOOR = 'At depth 0 it can only judge each patch by itself; that is the content-only floor in the curves.';
const NO_BLOCKS = 'At depth 0 there is no attention: no patch learns of another.';
