/** What else can be done with a kept run: open it, copy it, take it home. */
import { CopyPlus, Download, Ellipsis, Link2, PackageOpen, Play } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useController } from '../controller/context.ts';
import { goTo, RUN_ADDRESS } from '../place.ts';
import type { KeptRun } from '../store/runs.ts';

export function RunMenu({ run }: { run: KeptRun }) {
  const { home, kept, shareRun } = useController();
  const open = (): void => {
    void kept.open(run.id);
    goTo(RUN_ADDRESS);
  };
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label={`More for ${run.name}`}>
        <Ellipsis size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover run-menu" align="start" sideOffset={4} collisionPadding={12} aria-label={run.name}>
          {run.kind === 'run' && (
            <Item icon={<Play size={14} aria-hidden="true" />} onClick={open}>
              {run.standing === 'unfinished' ? 'Open and go on' : 'Open'}
            </Item>
          )}
          <Item icon={<CopyPlus size={14} aria-hidden="true" />} onClick={() => void kept.duplicate(run.id)}>
            Duplicate
          </Item>
          <Item icon={<Download size={14} aria-hidden="true" />} onClick={() => void kept.save(run.id)}>
            Save as a file
          </Item>
          <Item
            icon={<PackageOpen size={14} aria-hidden="true" />}
            onClick={() => void home.openKept(run, () => kept.weights(run.id))}
          >
            Take home…
          </Item>
          <Item icon={<Link2 size={14} aria-hidden="true" />} onClick={() => void shareRun(run)}>
            Copy link
          </Item>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick(): void; children: ReactNode }) {
  return (
    <Popover.Close className="menu-item" onClick={onClick}>
      {icon}
      {children}
    </Popover.Close>
  );
}
