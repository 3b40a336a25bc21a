/** What the model learns from: built-in samples, or the visitor's own. */
import { MODALITIES, type ModalityName, modalityOf } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import { phasesOf } from '../../config/phases.ts';
import { RUN_FIELDS } from '../../config/run.ts';
import { useController } from '../controller/context.ts';
import { download } from '../controller/download.ts';
import { extrasOf } from '../extras.ts';
import type { ViewWords } from '../modalities/view.ts';
import { selectInfo, selectModality } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { useDraftWords } from '../store/useView.ts';
import { AddFiles } from './data/AddFiles.tsx';
import { Counts } from './data/Classes.tsx';
import { LoadingFiles } from './data/LoadingFiles.tsx';
import { PinnedPhoto } from './data/PinnedPhoto.tsx';
import { RefusedFiles } from './data/RefusedFiles.tsx';
import { Thumbnails } from './data/Thumbnails.tsx';
import { WantedFiles } from './data/WantedFiles.tsx';
import { WhichKind } from './data/WhichKind.tsx';
import { Field } from './Field.tsx';
import { HiddenProblems, MoreFields } from './MoreFields.tsx';
import { Panel } from './Panel.tsx';

const PATHS = pathsOf('data');
/** Only of the visitor's own files. */
const RARE: readonly string[] = ['data.modality', 'data.splitSeed', 'data.classLevel', 'data.holdOut'];

function pathsOf(section: 'data' | ModalityName): string[] {
  return Object.keys(RUN_FIELDS[section]).map((name) => `${section}.${name}`);
}

export function DataPanel() {
  const loading = useApp((state) => state.files.loading);
  const report = useApp((state) => state.files.report);
  const modality = useApp(({ settings: { draft } }) => modalityOf(draft));
  const rare = [...(MODALITIES[modality].rare ?? []), ...RARE];
  const { commands } = useController();
  const instead = extrasOf(useApp(selectModality))?.instead;
  const thumbnails = useApp((state) => selectInfo(state)?.thumbnails ?? null);
  const refused = report !== null && report.refused.length + report.shortened.length > 0;
  return (
    <Panel
      title="Data"
      about={<About />}
      extra={
        <>
          {instead?.Cut !== undefined && <instead.Cut onSave={download} onCount={commands.countWords} />}
          <MoreFields title="Data" paths={rare} />
        </>
      }
      className="data-panel"
    >
      <div className="fields">
        {[...PATHS, ...pathsOf(modality)]
          .filter((path) => !rare.includes(path))
          .map((path) => (
            <Field key={path} path={path} />
          ))}
      </div>
      <HiddenProblems paths={rare} />
      {/* The list of refused files takes the room of the hint: the page must not grow. */}
      {loading === null ? <AddFiles hint={!refused} /> : <LoadingFiles loading={loading} />}
      {loading === null && report?.kinds !== undefined && <WhichKind kinds={report.kinds} read={report.modality} />}
      <WantedFiles />
      <PinnedPhoto />
      {refused && <RefusedFiles report={report} />}
      {instead === undefined || thumbnails === null ? <Thumbnails /> : <instead.Samples set={thumbnails} />}
      <Counts />
    </Panel>
  );
}

const LABELS = {
  learned: ({ samples }) =>
    `Labels are what it learns from here: those of the training ${samples}, as many as Labels per class allows.`,
  shown: () => 'Labels are not used for learning; they only name the classes.',
} as const satisfies Record<string, (words: ViewWords) => string>;

function About() {
  const words = useDraftWords();
  const labelled = useApp(({ settings: { draft } }) => factsOf(draft).labelled === true);
  const hasSource = useApp(({ settings: { draft } }) =>
    phasesOf(draft).some(({ data, steps }) => data === 'source' && steps > 0),
  );
  return (
    <>
      <p>
        The {words.samples} to learn from. Built-in ones are made here from the seed; nothing is downloaded. Or bring your own:
        they never leave this computer.
      </p>
      <p>
        Held-out {words.samples} are never trained on: accuracy on them shows what was learned, not what was remembered.{' '}
        {LABELS[labelled ? 'learned' : 'shown'](words)}
      </p>
      {hasSource && (
        <p>
          The first phase learns from {words.samples} of its own, chosen under Task as <b>Pretrained on</b>; those chosen here are
          what it is taken to afterwards.
        </p>
      )}
      <p>
        Of your own {words.samples}, a folder is a class: the level of folders that tells them apart. <i>Classes by</i> chooses
        another. Folders such as train and test are a given split. Press the number of classes to see every one with its counts.
      </p>
    </>
  );
}
