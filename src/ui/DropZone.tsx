/** Takes what is dropped on the page. Comes after the first paint; the page's own element is what is dropped on. */
import { type ComponentProps, useCallback, useLayoutEffect } from 'react';
import { useDropzone } from 'react-dropzone';
import { useController } from './controller/context.ts';
import { droppedFiles } from './controller/dropped.ts';
import { nameFile } from './controller/photo.ts';

interface Props {
  /** Given what the page's element has to have, whenever it is another. */
  onRoot(root: ComponentProps<'div'>): void;
}

export function DropZone({ onRoot }: Props) {
  const { experiment } = useController();
  // The same functions at every drawing: with other ones the page's element would be given anew, without end.
  const onDrop = useCallback((dropped: readonly File[]) => experiment.add(dropped.map(nameFile)), [experiment]);
  const onError = useCallback(() => experiment.add([]), [experiment]);
  const { getRootProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    getFilesFromEvent: droppedFiles,
    onDrop,
    onError,
  });
  useLayoutEffect(() => onRoot(getRootProps({ role: undefined, tabIndex: undefined })), [getRootProps, onRoot]);
  if (!isDragActive) return null;
  return (
    <div className="drop-veil" aria-hidden="true">
      <p>
        Drop to use them: one picture or short sound goes on the board,
        <br />
        several, a folder or an archive become the data set.
      </p>
    </div>
  );
}
