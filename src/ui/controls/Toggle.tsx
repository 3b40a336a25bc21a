/** On or off. */
import { Switch } from 'radix-ui';
import { describedBy } from './describe.ts';

interface Props {
  id: string;
  label: string;
  checked: boolean;
  invalid?: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}

export function Toggle({ id, label, checked, invalid = false, disabled = false, onChange }: Props) {
  return (
    <Switch.Root
      className="switch"
      aria-label={label}
      aria-describedby={describedBy(id, invalid)}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
