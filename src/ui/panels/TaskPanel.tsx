/** What the model has to work out. */
import { OBJECTIVE_SETTINGS, type ObjectiveName, sectionsOf } from '../../config/objectives.ts';
import { Field } from '../controls/Field.tsx';
import { useApp } from '../store/store.ts';
import { Panel } from './Panel.tsx';
import { AboutTask } from './task/AboutTask.tsx';
import { BesideMae } from './task/BesideMae.tsx';
import { MoreFields } from './task/MoreFields.tsx';

/** Settings in sight; the others wait behind "More": the page must not grow. */
const IN_SIGHT = 3;

export function TaskPanel() {
  const objective = useApp((state) => state.settings.draft.task.objective);
  const paths = pathsOf(objective);
  const paints = objective === 'mae' || objective === 'simmim';
  return (
    <Panel
      title="Task"
      about={<AboutTask objective={objective} />}
      extra={paints ? <BesideMae /> : undefined}
      className="task-panel"
    >
      <div className="fields">
        <Field path="task.objective" />
        {objective === 'supervised' ? <NoMask /> : <Field path="task.maskRatio" />}
        {paths.slice(0, IN_SIGHT).map((path) => (
          <Field key={path} path={path} />
        ))}
      </div>
      {paths.length > IN_SIGHT && <MoreFields key={objective} paths={paths.slice(IN_SIGHT)} />}
    </Panel>
  );
}

/** `section.field` of everything that decides an objective's task, its own settings first. */
function pathsOf(objective: ObjectiveName): string[] {
  return sectionsOf(objective).flatMap((section) => Object.keys(OBJECTIVE_SETTINGS[section]).map((name) => `${section}.${name}`));
}

function NoMask() {
  return <p className="field-note">No mask ratio: a classifier is shown every patch.</p>;
}
