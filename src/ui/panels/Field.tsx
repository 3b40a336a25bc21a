/** One setting of the run. */
import type { ReactNode } from 'react';
import { invariant } from '../../base/invariant.ts';
import { appliesTo } from '../../config/applies.ts';
import { fieldOn } from '../../config/fieldOn.ts';
import { idleReason } from '../../config/idle.ts';
import { getSetting } from '../../config/settings.ts';
import { useController } from '../controller/context.ts';
import { APPLIES, PlainField } from '../controls/PlainField.tsx';
import { selectConfig, selectProblem } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

/** A setting of the run that the first page shows. */
export function Field({ path, children }: { path: string; children?: ReactNode }) {
  const field = useApp((state) => fieldOn(path, state.settings.draft));
  invariant(field, `no setting ${path}`);
  const value = useApp((state) => getSetting(state.settings.draft, path));
  const problem = useApp(selectProblem(path));
  const idle = useApp((state) => idleReason(state.settings.draft, path));
  const applies = useApp((state) => appliesTo(path, selectConfig(state)));
  const { edits } = useController();
  return (
    <PlainField
      field={field}
      value={value}
      problem={problem}
      idle={idle}
      applies={APPLIES[applies]}
      restarts={applies === 'restart'}
      onChange={(next) => edits.edit(path, next)}
    >
      {children}
    </PlainField>
  );
}
