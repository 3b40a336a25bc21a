/** A named starting point for all settings: what one will see, and how long it takes here. */
import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import { useState } from 'react';
import { PRESET_GROUPS, PRESET_NAMES, PRESETS, type PresetGroup, type PresetName, presetRun } from '../../config/presets.ts';
import { useController } from '../controller/context.ts';
import { usePart } from '../parts/lazyPart.tsx';
import { part } from '../parts/part.ts';
import { presetOf } from '../store/settings.ts';
import { useApp } from '../store/store.ts';
import { expectedSeconds, paceOf, roughTime } from '../study/expected.ts';

const COUNTING = part(() => import('../../trainer/flops.ts'));
const GROUPS = Object.keys(PRESET_GROUPS).filter((group): group is PresetGroup => Object.hasOwn(PRESET_GROUPS, group));

export function PresetChoice() {
  const preset = useApp((state) => presetOf(state.settings.draft));
  const [open, setOpen] = useState(false);
  const { edits } = useController();
  const choose = (value: string): void => {
    const name = PRESET_NAMES.find((known) => known === value);
    if (name !== undefined) edits.applyPreset(name);
  };
  return (
    <div className="preset">
      <span className="muted small" aria-hidden="true">
        Preset
      </span>
      <Select.Root value={preset ?? ''} open={open} onOpenChange={setOpen} onValueChange={choose}>
        <Select.Trigger className="select" aria-label="Preset" aria-describedby="preset-help">
          <Select.Value placeholder="Your own settings">{preset !== null && PRESETS[preset].label}</Select.Value>
          <Select.Icon className="select-icon">
            <ChevronDown size={14} aria-hidden="true" />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Content className="select-list preset-list" position="popper" sideOffset={4} collisionPadding={8}>
            <Select.Viewport>
              <PresetList />
            </Select.Viewport>
          </Select.Content>
        </Select.Portal>
      </Select.Root>
      <p id="preset-help" className="visually-hidden">
        A named starting point for all settings. {preset !== null && PRESETS[preset].help} Choosing one starts the run over.
      </p>
    </div>
  );
}

function PresetList() {
  // As it is when the list is opened: times that change under the pointer help nobody.
  const [pace] = useState(() => paceOf(useApp.getState().run));
  const counting = usePart(COUNTING);
  const timeOf = (name: PresetName): string | null =>
    pace === null || counting === null ? null : roughTime(expectedSeconds(presetRun(name), pace, counting.trainingFlops));
  return (
    <>
      <Select.Group>
        <Select.Label className="preset-note">
          {pace === null
            ? 'Times here: not measured yet, train some steps first'
            : 'Times are for this machine, judged by the run under way'}
        </Select.Label>
      </Select.Group>
      {GROUPS.map((group) => (
        <Select.Group key={group}>
          <Select.Label className="preset-group">{PRESET_GROUPS[group]}</Select.Label>
          {PRESET_NAMES.filter((name) => PRESETS[name].group === group).map((name) => (
            <PresetItem key={name} name={name} time={timeOf(name)} />
          ))}
        </Select.Group>
      ))}
    </>
  );
}

function PresetItem({ name, time }: { name: PresetName; time: string | null }) {
  const { label, help } = PRESETS[name];
  return (
    <Select.Item className="select-item preset-item" value={name} aria-describedby={`preset-${name}`}>
      <span className="preset-name">
        <Select.ItemText>{label}</Select.ItemText>
        {time !== null && <span className="preset-time">{time} here</span>}
        <Select.ItemIndicator className="select-check">
          <Check size={14} aria-hidden="true" />
        </Select.ItemIndicator>
      </span>
      <span id={`preset-${name}`} className="preset-what">
        {help}
      </span>
    </Select.Item>
  );
}
