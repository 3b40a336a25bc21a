/** Takes the run home as a file: whole, or, behind the arrow, its weights only, or the model for other programs. */
import { ChevronDown, Download, PackageOpen } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { boardPicture } from '../home/boardPicture.ts';

export function SaveButton() {
  const { commands, home } = useController();
  return (
    <div className="save-buttons">
      <Hint text="Takes the run home as a .patchwork file: its weights and all that training needs to go on from here.">
        <button type="button" className="button quiet" onClick={() => void commands.save()}>
          <Download size={16} aria-hidden="true" />
          Save
        </button>
      </Hint>
      <Popover.Root>
        <Popover.Trigger className="icon-button save-more" aria-label="Other ways to save">
          <ChevronDown size={12} aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="popover" align="end" sideOffset={4} collisionPadding={12} aria-label="Other ways to save">
            <p>
              A smaller file for other programs, or for a start elsewhere. Without the optimiser’s memory it is no whole run:
              loaded again, it is a new start.
            </p>
            <Popover.Close className="button small-button" onClick={() => void commands.save('weights')}>
              <Download size={14} aria-hidden="true" />
              Weights only
            </Popover.Close>
            <p>
              The model for PyTorch, timm, transformers and onnxruntime, as a page of its own, with a card that says what it
              learned from: part by part, as you choose.
            </p>
            <Popover.Close className="button small-button" onClick={() => void home.openRun(boardPicture())}>
              <PackageOpen size={14} aria-hidden="true" />
              Take home…
            </Popover.Close>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
