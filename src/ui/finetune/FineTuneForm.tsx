/** Where fine-tuning starts, what it learns from, and how. */

import { FolderOpen, GraduationCap } from 'lucide-react';
import { useMemo } from 'react';
import { BUILT_IN_DATASETS } from '../../config/datasets.ts';
import type { Field } from '../../config/field.ts';
import { fieldOn } from '../../config/fieldOn.ts';
import { idleReason } from '../../config/idle.ts';
import { titleOf } from '../../config/inWords.ts';
import { modalityFacts } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { getSetting } from '../../config/settings.ts';
import { useController } from '../controller/context.ts';
import { Choice } from '../controls/Choice.tsx';
import { PlainField } from '../controls/PlainField.tsx';
import { WeightsPicker } from '../controls/WeightsPicker.tsx';
import { formatCount } from '../format.ts';
import { LoadingWeights } from '../panels/LoadingWeights.tsx';
import { Panel } from '../panels/Panel.tsx';
import { FINE_TUNE_PATHS, type FineTuning, fineTuneProblems, positionsAreFree, type Start } from '../store/fineTune.ts';
import { useApp } from '../store/store.ts';
import { describeShape } from '../study/plan.ts';

export function FineTuneForm() {
  const state = useApp((all) => all.fineTune);
  const kept = useApp((all) => all.kept.runs);
  const info = useApp((all) => all.run.info);
  const usable = useApp((all) => all.files.usable);
  const origin = useApp((all) => all.run.origin);
  const { fineTune } = useController();
  // Depends on the kept runs and on the run under way, which both may change.
  const pretrained = useMemo(
    () => startConfig(state.start, state.file?.config ?? null, info?.config ?? null, kept),
    [state.start, state.file, info, kept],
  );
  const classes = info !== null && info.config.data.dataset === 'files' ? info.classes : null;
  const problems = fineTuneProblems(state, pretrained, { usable, classes });
  const free = positionsAreFree(pretrained);
  const problemAt = (path: string): string | null => problems.find((problem) => problem.path === path)?.message ?? null;
  const elsewhere = problems.filter(({ path }) => path !== 'start' && !FINE_TUNE_PATHS.some((known) => known === path));
  const busy = state.run?.state === 'making' || state.run?.state === 'measuring';
  return (
    <Panel title="From pretraining to labels" about={<About />} className="finetune-form">
      <StartChoice problem={problemAt('start')} />
      <p className="small muted">
        {describeShape(state.draft)}, {modalityFacts(state.draft).form(state.draft)}
        {!free && `; positions stay those of the start: ${positionsLabel(state.draft)}`}
      </p>
      <div className="fields">
        {FINE_TUNE_PATHS.map((path) => {
          const field = fieldFor(path, state.draft, usable);
          if (field === undefined || (path === 'supervised.positions' && !free)) return null;
          const problem = problemAt(path);
          if (problem === null && isOther(path, state.draft)) return null;
          return (
            <PlainField
              key={path}
              field={field}
              value={getSetting(state.draft, path)}
              problem={problem}
              onChange={(value) => fineTune.edit(path, value)}
            />
          );
        })}
      </div>
      {elsewhere.map(({ path, message }) => (
        <p key={path} className="study-problem">
          {message}
        </p>
      ))}
      <button
        type="button"
        className="button primary"
        disabled={problems.length > 0 || busy || info === null}
        onClick={() => void fineTune.begin()}
      >
        <GraduationCap size={16} aria-hidden="true" />
        Fine-tune
      </button>
      <p className="small muted finetune-state" aria-live="polite">
        {sayState(state.run, origin)}
      </p>
    </Panel>
  );
}

function startConfig(
  start: Start,
  file: RunConfig | null,
  current: RunConfig | null,
  kept: readonly { id: string; config: RunConfig }[],
): RunConfig | null {
  if (start === 'scratch') return null;
  if (start === 'file') return file;
  if (start === 'current') return current;
  return kept.find(({ id }) => id === start)?.config ?? null;
}

function positionsLabel(config: RunConfig): string {
  const { supervised } = config;
  const field = fieldOn('supervised.positions', config);
  const options = field?.kind === 'choice' ? field.options : [];
  return options.find(({ value }) => value === supervised.positions)?.label ?? supervised.positions;
}

/** Whether it is a setting of a regulariser that was not chosen. */
function isOther(path: string, draft: RunConfig): boolean {
  return idleReason(draft, path)?.startsWith('only for') === true;
}

/** Files are a choice once somebody has brought some. */
function fieldFor(path: string, config: RunConfig, usable: boolean): Field | undefined {
  const field = fieldOn(path, config);
  if (path !== 'data.dataset' || field?.kind !== 'choice' || usable) return field;
  return { ...field, options: field.options.filter(({ value }) => BUILT_IN_DATASETS.some((name) => name === value)) };
}

function sayState(run: FineTuning | null, origin: string | null): string {
  if (run?.state === 'making') return 'Making the run…';
  if (run?.state === 'measuring') return `Measuring ${run.startName} before the first step…`;
  const from = run?.startName ?? origin;
  if (from === null) return 'The run under way makes place for it, and can be brought back.';
  return `This run started from ${from}.`;
}

function StartChoice({ problem }: { problem: string | null }) {
  const start = useApp((state) => state.fineTune.start);
  const file = useApp((state) => state.fineTune.file?.name ?? null);
  const fileProblem = useApp((state) => state.fineTune.fileProblem);
  const kept = useApp((state) => state.kept.runs);
  const current = useApp((state) => state.run.info?.config ?? null);
  const step = useApp((state) => state.run.step);
  const { fineTune } = useController();
  const options: { value: string; label: string; start: Start }[] = [
    { value: 'scratch', label: 'From scratch: random weights', start: 'scratch' },
    ...(current === null || step === 0
      ? []
      : [
          {
            value: 'current',
            label: `The run under way: ${titleOf(current)}, step ${formatCount(step)}`,
            start: 'current' as const,
          },
        ]),
    ...(file === null ? [] : [{ value: 'file', label: file, start: 'file' as const }]),
    ...kept.map(({ id, name }) => ({ value: String(id), label: name, start: id })),
  ];
  return (
    <div className="field finetune-start" data-kind="choice" data-invalid={problem !== null || undefined}>
      <span className="field-label">Start</span>
      <Choice
        id="finetune-start"
        label="Start"
        options={options}
        value={String(start)}
        placeholder="Choose a start"
        invalid={problem !== null}
        onChange={(value) => {
          const option = options.find((known) => known.value === value);
          if (option !== undefined) fineTune.chooseStart(option.start);
        }}
      />
      <p id="finetune-start-help" className="visually-hidden">
        The weights that training with labels begins with: a kept run, the run under way, a file, or none.
      </p>
      <WeightsPicker
        label="Weights to start from"
        className="button small-button"
        onFile={(chosen) => void fineTune.openFile(chosen)}
      >
        <FolderOpen size={14} aria-hidden="true" />
        From a file
      </WeightsPicker>
      <LoadingWeights />
      {problem !== null && (
        <p id="finetune-start-problem" className="field-problem">
          {problem}
        </p>
      )}
      {fileProblem !== null && (
        <p role="alert" className="field-problem">
          {fileProblem}
        </p>
      )}
    </div>
  );
}

function About() {
  return (
    <>
      <p>
        The encoder of a pretrained run gets a new head that names classes. Everything, the last blocks, or the head alone then
        learns from the labelled samples; the others are only tested on.
      </p>
      <p>
        MP3 learns without positions: here the model gets learned ones, offsets between patches, or none. The other objectives had
        positions in pretraining and keep them.
      </p>
      <p>
        With few labels, fewer steps and a lower layer-wise decay keep more of what pretraining taught. Mixup and CutMix help long
        runs, not short ones.
      </p>
      <p>
        Regularisers keep what was learned before: <b>L2-SP</b> and <b>RecAdam</b> pull the encoder’s weights to where they
        started, RecAdam hard at first and then less and less; <b>MARS</b> lets no output of a matrix leave a ball around its
        start; <b>R3F</b> asks for the same answers when noise is added to the embedded tokens. In the paper of self-distillation
        they are its rivals, and on pictures hardly better than plain fine-tuning.
      </p>
    </>
  );
}
