/** The whole page takes files. */
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import { useController } from './controller/context.ts';
import { droppedFiles } from './controller/dropped.ts';
import { nameFile } from './controller/photo.ts';

export function DropPage({ children }: { children: ReactNode }) {
  const { experiment } = useController();
  const { getRootProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    getFilesFromEvent: droppedFiles,
    onDrop: (dropped) => experiment.add(dropped.map(nameFile)),
    onError: () => experiment.add([]),
  });
  return (
    <div {...getRootProps({ role: undefined, tabIndex: undefined, className: 'page' })}>
      {children}
      {isDragActive && (
        <div className="drop-veil" aria-hidden="true">
          <p>
            Drop to use them: one picture or short sound goes on the board,
            <br />
            several, a folder or an archive become the data set.
          </p>
        </div>
      )}
    </div>
  );
}
