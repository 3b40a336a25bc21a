/** The size of the Transformer. */
import { RUN_FIELDS } from '../../config/run.ts';
import { Field } from '../controls/Field.tsx';
import { formatParameters } from '../format.ts';
import { useApp } from '../store/store.ts';
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
    return config === undefined ? null : (config.data.size / config.model.patch) ** 2;
  });
  if (parameters === null || patches === null) return null;
  return (
    <span className="fact">
      {formatParameters(parameters)} parameters, {patches} pieces
    </span>
  );
}

function About() {
  return (
    <>
      <p>
        A Vision Transformer: each patch becomes a vector of <b>width</b> numbers, which then passes through <b>depth</b> blocks.
        In every block, <b>heads</b> attention patterns let patches look at each other, side by side.
      </p>
      <p>
        It is given no positions at all: shuffle the pieces and its answers are shuffled the same way. At depth 0 it can only
        judge each patch by itself; that is the content-only floor in the curves.
      </p>
    </>
  );
}
