/** A named starting point for all settings. */
import { PRESET_NAMES, PRESETS } from '../../config/presets.ts';
import { useController } from '../controller/context.ts';
import { Choice } from '../controls/Choice.tsx';
import { presetOf } from '../store/settings.ts';
import { useApp } from '../store/store.ts';

const OPTIONS = PRESET_NAMES.map((name) => ({ value: name, label: PRESETS[name].label }));

export function PresetChoice() {
  const preset = useApp((state) => presetOf(state.settings.draft));
  const { edits } = useController();
  const choose = (value: string | number): void => {
    const name = PRESET_NAMES.find((known) => known === value);
    if (name !== undefined) edits.applyPreset(name);
  };
  return (
    <div className="preset">
      <span className="muted small" aria-hidden="true">
        Preset
      </span>
      <Choice id="preset" label="Preset" options={OPTIONS} value={preset} placeholder="Your own settings" onChange={choose} />
      <p id="preset-help" className="visually-hidden">
        A named starting point for all settings. {preset !== null && PRESETS[preset].help} Choosing one starts the run over.
      </p>
    </div>
  );
}
