/** A chart over the whole page. Escape closes it, and the focus goes back to the button that opened it. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';

interface Props {
  title: string;
  /** The button that opens it. */
  opener: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
}

export function EnlargedChart({ title, opener, isOpen, onClose, children }: Props) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className="dialog chart-dialog"
          aria-describedby={undefined}
          onEscapeKeyDown={(event) => {
            // The first Escape leaves the values at the cursor, the next one the dialog.
            if (event.target instanceof Element && event.target.matches('[data-reads]')) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
        >
          <Dialog.Title className="visually-hidden">{title}</Dialog.Title>
          {children}
          <Dialog.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
