/** Asks a contrastive model for the things of other senses that are nearest to something. */
import { useEffect } from 'react';
import { useController } from '../controller/context.ts';
import { nameFile } from '../controller/photo.ts';
import { extrasOf } from '../extras.ts';
import { useOnScreen } from '../hooks.ts';
import { selectInfo, selectLatestStep, selectModality } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { Panel } from './Panel.tsx';

export function RetrievalPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const info = useApp(selectInfo);
  const state = useApp(({ finding }) => finding);
  const Retrieval = extrasOf(useApp(selectModality))?.instead?.Retrieval;
  const { finding } = useController();
  const step = useApp(selectLatestStep);
  // Whenever something has been measured the model may answer otherwise.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step, another run is another model
  useEffect(() => {
    if (isSeen && step !== null) void finding.ask();
  }, [isSeen, step, info, finding]);
  return (
    <Panel title="Retrieval" about={<About />} className="retrieval-panel" frame={frame}>
      {info !== null && Retrieval !== undefined && (
        <Retrieval
          info={info}
          state={state}
          onLook={(change) => finding.look(change)}
          onFile={(kind, file) => finding.bring(kind, nameFile(file))}
        />
      )}
    </Panel>
  );
}

function About() {
  return (
    <>
      <p>
        Ask with a thing of the board or with <b>something of your own</b>: a picture, a sound (also from the microphone), words.
        Found are the held-out things that lie nearest by their other senses. Two senses add up: the question is the mean of both.
      </p>
      <p>
        Numbers are cosines, and differ between pairs of senses: compare them within a list only. Blue is the same class, orange
        another; of what you bring nobody knows the class. Your own picture is read as 32 pixels, the loudest 0.8 s of your sound
        at the level of the built-in ones; they stay on this computer.
      </p>
    </>
  );
}
