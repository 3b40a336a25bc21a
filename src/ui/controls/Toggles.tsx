/** One of a few options, all of them in sight. */
import { ToggleGroup } from 'radix-ui';

interface Props {
  /** Id of the element that names the group. */
  labelledBy: string;
  value: string;
  disabled: boolean;
  options: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

export function Toggles({ labelledBy, value, disabled, options, onChange }: Props) {
  return (
    <ToggleGroup.Root
      type="single"
      className="toggle-group"
      aria-labelledby={labelledBy}
      value={value}
      disabled={disabled}
      // A click on the chosen one would choose none.
      onValueChange={(chosen) => chosen !== '' && onChange(chosen)}
    >
      {options.map(([option, label]) => (
        <ToggleGroup.Item key={option} className="toggle" value={option}>
          {label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
