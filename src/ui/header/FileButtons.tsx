/** Taking the experiment home, bringing weights back, help, and the theme. */

import { FolderInput, Link2 } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { WeightsPicker } from '../controls/WeightsPicker.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { KeepButton } from './KeepButton.tsx';
import { SaveButton } from './SaveButton.tsx';
import { TextButton } from './TextButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';

export function FileButtons() {
  const controller = useController();
  return (
    <div className="file-buttons">
      <Hint text="Copies a link that holds every setting and the seed: whoever opens it sees the same run.">
        <button type="button" className="button quiet" onClick={() => void controller.share()}>
          <Link2 size={16} aria-hidden="true" />
          Share
        </button>
      </Hint>
      <SaveButton />
      <LoadButton />
      <KeepButton />
      <HelpDialog />
      <TextButton />
      <ThemeButton />
    </div>
  );
}

function LoadButton() {
  const { experiment } = useController();
  return (
    <WeightsPicker
      label="Weights file"
      className="button quiet"
      hint="Brings back a run that was saved, or weights from a run of the same shape."
      onFile={(file) => void experiment.loadWeights(file.name, file)}
    >
      <FolderInput size={16} aria-hidden="true" />
      Load
    </WeightsPicker>
  );
}
