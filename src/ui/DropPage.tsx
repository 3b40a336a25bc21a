/** The whole page takes files. */
import { type ComponentProps, type DragEvent, type ReactNode, useState } from 'react';
import { notify } from './controller/notices.ts';
import { lazyPart } from './parts/lazyPart.tsx';
import { useApp } from './store/store.ts';

const DropZone = lazyPart(async () => ({ default: (await import('./DropZone.tsx')).DropZone }), {
  frame: (message) => <div className="notices">{message}</div>,
});

/** Until the drop zone has come: the browser would leave the page for the file that is dropped. */
const stay = (event: DragEvent): void => event.preventDefault();

export function DropPage({ children }: { children: ReactNode }) {
  const [root, setRoot] = useState<ComponentProps<'div'>>({
    onDragOver: stay,
    onDrop: (event) => {
      stay(event);
      notify(useApp, 'info', 'That was dropped before the page could take it. Drop it once more.');
    },
  });
  return (
    <div {...root} className="page">
      {children}
      <DropZone onRoot={setRoot} />
    </div>
  );
}
