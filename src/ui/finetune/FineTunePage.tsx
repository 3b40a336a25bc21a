/** Teaches a model labels, from a pretrained start or from scratch, as the run under way. */
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import '../styles/studies.css';
import { useEffect, useRef } from 'react';
import { useController } from '../controller/context.ts';
import { PageHeader } from '../header/PageHeader.tsx';
import { BoardPanel } from '../panels/BoardPanel.tsx';
import { CurvesPanel } from '../panels/CurvesPanel.tsx';
import { UndoButton } from '../runPage/UndoButton.tsx';
import { selectObjective } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useUndoKeys } from '../useUndoKeys.ts';
import { ConfusionOfClasses, FitPanel, HeadsPanel, MistakesPanel } from './Findings.tsx';
import { FineTuneForm } from './FineTuneForm.tsx';
import { PauseButton } from './PauseButton.tsx';

export default function FineTunePage() {
  const { kept, fineTune, experiment } = useController();
  const title = useRef<HTMLHeadingElement>(null);
  const withLabels = useApp((state) => OBJECTIVE_FACTS[selectObjective(state)].labelled === true);
  useUndoKeys(experiment);
  useEffect(() => {
    title.current?.focus();
    void kept.list();
    fineTune.suggestStart();
  }, [kept, fineTune]);
  return (
    <>
      <PageHeader>
        <PauseButton />
        <UndoButton />
      </PageHeader>
      <main className="studies finetune">
        <div className="study-title">
          <h2 ref={title} tabIndex={-1}>
            Fine-tune
          </h2>
          <p className="muted">Teach a pretrained model the labels of a few samples, and see what it makes of others.</p>
        </div>
        <div className="finetune-columns">
          <FineTuneForm />
          {withLabels ? (
            <div className="finetune-findings">
              <BoardPanel />
              <CurvesPanel />
              <ConfusionOfClasses />
              <MistakesPanel />
              <FitPanel />
              <HeadsPanel />
            </div>
          ) : (
            <Empty />
          )}
        </div>
      </main>
    </>
  );
}

function Empty() {
  return (
    <div className="finetune-empty">
      <p>The run under way has no labels yet.</p>
      <p className="muted">
        Choose where to start and press <b>Fine-tune</b>: held-out samples with the model’s answers, curves, what is taken for
        what, the surest mistakes, and where its heads look before and after will stand here. The run that is under way now can be
        brought back.
      </p>
    </div>
  );
}
