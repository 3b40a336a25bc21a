/** What the one button asks: who takes part, how labels are used, how many, how often. */
import { Play } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { BUILT_IN_DATASETS, DATASET_LABELS, type DatasetName } from '../../config/datasets.ts';
import { whole } from '../../config/field.ts';
import { PROTOCOLS, type Protocol, type StudyTask, studyTasks } from '../../trainer/study/plan.ts';
import { useController } from '../controller/context.ts';
import { Choice } from '../controls/Choice.tsx';
import { PlainField } from '../controls/PlainField.tsx';
import { plural } from '../format.ts';
import { StopButton } from '../parts/StopButton.tsx';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { type StudyChoice, type StudyPlace, toggled } from '../store/study.ts';
import { checkChoice, MOST_SEEDS, MOST_STEPS, makePlan, PROTOCOL_LABELS, SIZES } from '../study/plan.ts';
import { filesProblem } from './pictures.ts';
import { Tick } from './Tick.tsx';

const SEEDS = whole({
  label: 'Seeds',
  help: 'Every point is repeated so often, each time with other labelled samples and other first weights: that is its spread.',
  min: 1,
  max: MOST_SEEDS,
  step: 1,
  default: 3,
});
const STEPS = whole({
  label: 'Steps',
  help: 'Length of every fine-tuning, and of training from scratch.',
  unit: 'steps',
  min: 1,
  max: MOST_STEPS,
  step: 10,
  scale: 'log',
  default: 300,
});

const useChoice = (): StudyChoice => useApp((state) => state.study.choice);

export function StudyForm() {
  const busy = useApp((state) => state.study.work !== null);
  const choice = useChoice();
  const { study } = useController();
  return (
    <div className="study-form">
      <fieldset disabled={busy}>
        <legend>Who takes part</legend>
        <ChosenRuns />
        <Tick
          label="From scratch: the same model, never pretrained"
          checked={choice.scratch}
          onChange={(scratch) => study.choose({ scratch })}
        />
        <Tick label="Random encoder, frozen" checked={choice.random} onChange={(random) => study.choose({ random })} />
        <Tick
          label="Ensembles: every two runs together, and two seeds of each"
          checked={choice.ensembles}
          onChange={(ensembles) => study.choose({ ensembles })}
        />
        <p className="small muted">
          Together means the mean of their class probabilities. Two seeds of one run, on the same labels, show what any second run
          would add.
        </p>
        <Problem at="runs" />
      </fieldset>
      <fieldset disabled={busy}>
        <legend>How labels are used</legend>
        {PROTOCOLS.map((protocol) => (
          <Tick
            key={protocol}
            label={PROTOCOL_HELP[protocol]}
            checked={choice.protocols.includes(protocol)}
            onChange={() => study.choose({ protocols: toggled(PROTOCOLS, choice.protocols, protocol) })}
          />
        ))}
        <PlainField
          field={STEPS}
          value={choice.steps}
          problem={null}
          onChange={(value) => study.choose({ steps: clamp(value, STEPS.min, STEPS.max) })}
        />
      </fieldset>
      <fieldset disabled={busy}>
        <legend>Labels</legend>
        <DatasetChoice />
        <div className="study-sizes">
          <span className="small muted">a class</span>
          {SIZES.map((size) => (
            <Tick
              key={size}
              label={size === 0 ? 'all' : String(size)}
              checked={choice.sizes.includes(size)}
              onChange={() => study.choose({ sizes: toggled(SIZES, choice.sizes, size) })}
            />
          ))}
        </div>
        <PlainField
          field={SEEDS}
          value={choice.seeds}
          problem={null}
          onChange={(value) => study.choose({ seeds: clamp(value, SEEDS.min, SEEDS.max) })}
        />
        <Problem at="labels" />
      </fieldset>
      <StartStop />
      <Problem at="form" />
    </div>
  );
}

const PROTOCOL_HELP: Readonly<Record<Protocol, string>> = {
  finetune: 'Fine-tune: everything goes on learning',
  linear: 'Linear probe: a linear classifier on the frozen encoder',
  knn: 'Nearest neighbours: the 20 most alike labelled samples vote',
};

function clamp(value: unknown, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(Number(value)) || min));
}

/** Those that are ticked in the table. */
function ChosenRuns() {
  const names = useApp((state) =>
    state.kept.runs
      .filter(({ id }) => state.study.choice.runs.includes(id))
      .map(({ name }) => name)
      .join('; '),
  );
  return (
    <p className="small">
      {names === '' ? (
        <span className="muted">No kept run is ticked above: only training from scratch and random weights.</span>
      ) : (
        names
      )}
    </p>
  );
}

function DatasetChoice() {
  const value = useApp((state) => state.study.choice.dataset);
  const files = useApp((state) => state.files.usable);
  const { study } = useController();
  const id = useId();
  const names: readonly DatasetName[] = files ? [...BUILT_IN_DATASETS, 'files'] : BUILT_IN_DATASETS;
  return (
    <div className="field" data-kind="choice">
      <span className="field-label">Data</span>
      <Choice
        id={id}
        label="Labelled data"
        options={names.map((name) => ({ value: name, label: DATASET_LABELS[name] }))}
        value={value}
        onChange={(chosen) => {
          const dataset = names.find((name) => name === chosen);
          if (dataset !== undefined) study.choose({ dataset, picked: true });
        }}
      />
      <p id={`${id}-help`} className="visually-hidden">
        What labels are drawn from, and what is tested on. Your own files need one folder for each class.
      </p>
      {value === 'files' && <FilesHint />}
    </div>
  );
}

/** Said before the button is pressed. */
function FilesHint() {
  const info = useApp((state) => state.run.info);
  const problem = filesProblem(info, useChosenRuns());
  return (
    <p className={problem === null ? 'small muted study-files' : 'study-problem study-files'}>
      {problem ?? 'Labels are the names of their folders: one for each class.'}
    </p>
  );
}

function Problem({ at }: { at: StudyPlace }) {
  const problem = useApp((state) => (state.study.problem?.at === at ? state.study.problem.message : null));
  return (
    <p className="study-problem" role="alert">
      {problem}
    </p>
  );
}

function StartStop() {
  const hasTasks = useTasks().length > 0;
  const busy = useApp((state) => state.study.work !== null);
  const measuring = useApp((state) => state.study.measuring);
  const { study } = useController();
  return (
    <div className="study-start">
      {busy ? (
        <StopButton onStop={() => study.stop()} />
      ) : (
        <button type="button" className="button primary" disabled={measuring || !hasTasks} onClick={() => void study.start()}>
          <Play size={16} aria-hidden="true" />
          Was it worth it?
        </button>
      )}
      <Outlook>{measuring && ' The measurement below has to end first.'}</Outlook>
    </div>
  );
}

/** Those that are ticked in the table. */
function useChosenRuns(): KeptRun[] {
  const kept = useApp((state) => state.kept.runs);
  const { runs } = useChoice();
  return kept.filter(({ id }) => runs.includes(id));
}

function useTasks(): readonly StudyTask[] {
  const choice = useChoice();
  const current = useApp((state) => state.run.info?.config ?? state.settings.draft);
  const runs = useChosenRuns().map((run) => ({ ...run, weights: new Uint8Array() }));
  return studyTasks(makePlan(choice, runs, current));
}

/** What the button sets going, before it is pressed; or what is missing. */
function Outlook({ children }: { children: ReactNode }) {
  const tasks = useTasks();
  const missing = checkChoice(useChoice(), useChosenRuns());
  if (tasks.length === 0) return <p className="small muted">Nothing to do yet. {missing?.message}</p>;
  const parts = PROTOCOLS.flatMap((protocol) => {
    const count = tasks.filter((task) => task.protocol === protocol).length;
    return count === 0 ? [] : [`${count} × ${PROTOCOL_LABELS[protocol]}`];
  });
  return (
    <p className="small muted">
      {plural(tasks.length, 'task')}: {parts.join(', ')}. Training rests meanwhile; you may look at other pages.{children}
    </p>
  );
}
