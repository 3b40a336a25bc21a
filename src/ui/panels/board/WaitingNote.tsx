/** Whose board it is while settings wait for something: files, or other settings that go with them. */
import { titleOf } from '../../../config/inWords.ts';
import { type AppState, useApp } from '../../store/store.ts';

export function WaitingNote() {
  const note = useApp(selectNote);
  return note === null ? null : (
    <p className="field-note" role="status">
      {note}
    </p>
  );
}

function selectNote({ settings, run }: AppState): string | null {
  const [problem] = settings.problems;
  if (problem === undefined || run.info === null) return null;
  const { config, datasetName } = run.info;
  return `The board shows the run before: ${titleOf(config)} on ${datasetName}. The settings wait: ${problem.message}`;
}
