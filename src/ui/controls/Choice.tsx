/** One of a few options. */
import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import type { Option, SettingValue } from '../../config/field.ts';
import { describedBy } from './describe.ts';

interface Props {
  id: string;
  label: string;
  options: readonly Option[];
  /** A value that is no option shows `placeholder`. */
  value: SettingValue | null;
  placeholder?: string;
  invalid?: boolean;
  disabled?: boolean;
  onChange(value: string | number): void;
}

export function Choice({ id, label, options, value, placeholder = '', invalid = false, disabled = false, onChange }: Props) {
  // Radix speaks in strings; the option gives the typed value back.
  const choose = (text: string): void => {
    const option = options.find((candidate) => String(candidate.value) === text);
    if (option !== undefined) onChange(option.value);
  };
  const chosen = options.find((option) => option.value === value);
  return (
    <Select.Root value={chosen === undefined ? '' : String(chosen.value)} disabled={disabled} onValueChange={choose}>
      <Select.Trigger
        className="select"
        aria-label={label}
        title={chosen?.label}
        aria-describedby={describedBy(id, invalid)}
        aria-invalid={invalid}
      >
        <Select.Value placeholder={placeholder}>{chosen?.short}</Select.Value>
        <Select.Icon className="select-icon">
          <ChevronDown size={14} aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="select-list" position="popper" sideOffset={4} collisionPadding={8}>
          <Select.Viewport>
            {options.map((option) => (
              <Select.Item key={option.value} className="select-item" value={String(option.value)}>
                <Select.ItemText>{option.label}</Select.ItemText>
                <Select.ItemIndicator className="select-check">
                  <Check size={14} aria-hidden="true" />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}
