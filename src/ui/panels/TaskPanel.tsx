/** What the model has to work out. */
import { OBJECTIVE_SETTINGS } from '../../config/objectives.ts';
import { Field } from '../controls/Field.tsx';
import { useApp } from '../store/store.ts';
import { Panel } from './Panel.tsx';

export function TaskPanel() {
  const objective = useApp((state) => state.settings.draft.task.objective);
  return (
    <Panel title="Task" about={<About />} className="task-panel">
      <div className="fields">
        <Field path="task.objective" />
        <Field path="task.maskRatio" />
        {Object.keys(OBJECTIVE_SETTINGS[objective]).map((name) => (
          <Field key={name} path={`${objective}.${name}`} />
        ))}
      </div>
    </Panel>
  );
}

function About() {
  return (
    <>
      <p>
        MP3 (masked patch position prediction): the picture is cut into patches, the patches are shuffled, and the Transformer,
        which gets no positions, says for each patch which cell it came from.
      </p>
      <p>
        The <b>mask ratio</b> hides a share of the patches from attention: hidden patches may look at the others, but nobody may
        look at them. More masking is harder, and makes a model that depends less on seeing everything.
      </p>
    </>
  );
}
