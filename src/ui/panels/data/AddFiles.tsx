/** The way in for files: two pickers, and what may be dropped. */
import { FolderPlus, ImagePlus } from 'lucide-react';
import { type ChangeEvent, useEffect, useRef } from 'react';
import { LIMITS } from '../../../config/limits.ts';
import { useController } from '../../controller/context.ts';
import { nameFile } from '../../controller/photo.ts';
import { extrasOf } from '../../extras.ts';
import { formatBytes } from '../../format.ts';
import { selectDraftModality } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';

export function AddFiles({ hint }: { hint: boolean }) {
  const { experiment } = useController();
  const Source = extrasOf(useApp(selectDraftModality))?.Source;
  return (
    <div className={hint ? 'add-files' : 'add-files compact'}>
      <div className="add-files-buttons">
        <Picker name="Add files" icon={<ImagePlus size={14} aria-hidden="true" />} />
        <Picker name="Add folder" icon={<FolderPlus size={14} aria-hidden="true" />} folder />
        {Source !== undefined && <Source onFile={(file) => experiment.add([nameFile(file)])} />}
      </div>
      {hint && (
        <p className="small muted">
          or drop pictures, sounds, texts, .csv, folders, .zip, .tgz, CIFAR .bin, IDX; up to {formatBytes(LIMITS.fileBytes)} a
          file, {LIMITS.pixelsPerPicture / 1e6} megapixels a picture, 30 minutes a sound
        </p>
      )}
    </div>
  );
}

function Picker({ name, icon, folder = false }: { name: string; icon: React.ReactNode; folder?: boolean }) {
  const { experiment } = useController();
  const input = useRef<HTMLInputElement>(null);
  // React has no name for this attribute.
  useEffect(() => {
    input.current?.toggleAttribute('webkitdirectory', folder);
  }, [folder]);
  const add = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = Array.from(event.target.files ?? [], nameFile);
    // Cleared, so that the same files can be chosen again.
    event.target.value = '';
    experiment.add(chosen);
  };
  return (
    <label className="button picker">
      <input ref={input} type="file" multiple className="visually-hidden" onChange={add} />
      {icon}
      {name}
    </label>
  );
}
