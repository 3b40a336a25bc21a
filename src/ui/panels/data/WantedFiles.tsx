/** Where to get the pictures that a preset waits for. */
import { PRESETS } from '../../../config/presets.ts';
import { presetOf } from '../../store/settings.ts';
import { useApp } from '../../store/store.ts';

export function WantedFiles() {
  const wants = useApp(({ settings, files }) => {
    const preset = files.usable ? null : presetOf(settings.draft);
    return preset === null ? undefined : PRESETS[preset].wants;
  });
  if (wants === undefined) return null;
  return (
    <p className="wanted-files">
      This preset learns from {wants.name}. Get the <b>{wants.what}</b> at{' '}
      <a href={wants.address} target="_blank" rel="noopener noreferrer">
        {wants.address.replace('https://', '')}
      </a>{' '}
      and drop the file here, as it is: the run starts with it.
    </p>
  );
}
