/** What the model has to work out. */

import type { ReactNode } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import { OBJECTIVE_FACTS, OBJECTIVE_SETTINGS, type ObjectiveName, sectionsOf } from '../../config/objectives.ts';
import { useWide } from '../hooks.ts';
import { pageOf } from '../objectives/registry.ts';
import { Reworded } from '../parts/Reworded.tsx';
import { selectDraft, selectStep } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useDraftWords } from '../store/useView.ts';
import { Field } from './Field.tsx';
import { HiddenProblems, MoreFields } from './MoreFields.tsx';
import { Panel } from './Panel.tsx';

/** Settings of an objective that are in sight. */
const IN_SIGHT = 3;

export function TaskPanel() {
  const draft = useApp(selectDraft);
  const { objective } = draft.task;
  const page = pageOf(draft);
  // A narrow page has it at the board.
  const wide = useWide();
  const words = useDraftWords();
  const paths = pathsOf(objective);
  const hidden = paths.slice(IN_SIGHT);
  return (
    <Panel
      title="Task"
      about={<Reworded say={(text) => inWordsOf(draft, text)}>{page.about(words)}</Reworded>}
      extra={<Extra objective={objective} beside={page.beside} hidden={hidden} />}
      className="task-panel"
      live={selectStep}
    >
      <div className="fields">
        <Field path="task.objective" />
        {OBJECTIVE_FACTS[objective].masks ? wide && <Field path="task.maskRatio" /> : <NoMask />}
        {paths.slice(0, IN_SIGHT).map((path) => (
          <Field key={path} path={path} />
        ))}
        <HiddenProblems paths={hidden} />
      </div>
    </Panel>
  );
}

interface ExtraProps {
  objective: ObjectiveName;
  beside: ReactNode;
  hidden: readonly string[];
}

function Extra({ objective, beside, hidden }: ExtraProps) {
  return (
    <>
      {beside}
      {hidden.length > 0 && <MoreFields key={objective} title="Task" paths={hidden} />}
    </>
  );
}

/** `section.field` of everything that decides an objective's task, its own settings first. */
function pathsOf(objective: ObjectiveName): string[] {
  return sectionsOf(objective).flatMap((section) => Object.keys(OBJECTIVE_SETTINGS[section]).map((name) => `${section}.${name}`));
}

function NoMask() {
  const { tokens } = useDraftWords();
  return <p className="field-note">All {tokens} are shown: no mask ratio.</p>;
}
