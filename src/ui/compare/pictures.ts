/** Which labelled pictures a study of kept runs means, and what is wrong with a visitor's own. */
import type { DatasetName } from '../../config/datasets.ts';
import { MODALITIES, type ModalityName, modalityOf } from '../../config/modalities.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import type { KeptRun } from '../store/runs.ts';
import type { StudyChoice } from '../store/study.ts';

/** The pictures that all ticked runs have learned from, or all kept ones while none is ticked; else those that are chosen already. */
export function picturesOf(
  runs: readonly KeptRun[],
  { runs: ticked, dataset, picked }: StudyChoice,
  files: boolean,
): DatasetName {
  const meant = ticked.length === 0 ? runs : runs.filter(({ id }) => ticked.includes(id));
  const [first, ...others] = new Set(meant.map(({ config }) => config.data.dataset));
  if (picked || first === undefined || others.length > 0) return dataset;
  return first !== 'files' || files ? first : dataset;
}

/** What keeps the visitor's files from being used, as far as the run under way knows them; null when nothing is known to. */
export function filesProblem(
  info: Pick<RunInfo, 'config' | 'classes' | 'board'> | null,
  runs: readonly KeptRun[],
): string | null {
  if (info?.config.data.dataset !== 'files') return null;
  if (info.classes.length < 2) {
    return 'Your files have no labels. Bring two classes or more, one folder for each, named after it.';
  }
  const read = modalityOf(info.config);
  const other = runs.find(({ config, channels }) => modalityOf(config) !== read || channels !== info.board.channels);
  if (other === undefined) return null;
  const learned = modalityOf(other.config);
  // Of one kind, only pictures differ in channels.
  const kind = (name: ModalityName, channels: number): string =>
    learned === read ? `${channels === 1 ? 'grey' : 'colour'} ${MODALITIES[name].words.samples}` : MODALITIES[name].words.samples;
  return `${other.name} has learned from ${kind(learned, other.channels)}, and your files are ${kind(read, info.board.channels)}: leave it out, or choose other data.`;
}
