/** On or off. */
import { Switch } from 'radix-ui';
import { describedBy } from './describe.ts';

interface Props {
  id: string;
  label: string;
  checked: boolean;
  invalid?: boolean;
  onChange(checked: boolean): void;
}

export function Toggle({ id, label, checked, invalid = false, onChange }: Props) {
  return (
    <Switch.Root
      className="switch"
      aria-label={label}
      aria-describedby={describedBy(id, invalid)}
      checked={checked}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
