/** A button that lets people choose a file of weights. */
import { type ReactNode, useRef } from 'react';
import { Hint } from './Hint.tsx';

interface Props {
  /** Of the file input, for those who do not see the button. */
  label: string;
  className: string;
  hint?: string;
  /** Icon and words of the button. */
  children: ReactNode;
  onFile(file: File): void;
}

export function WeightsPicker({ label, className, hint, children, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const button = (
    <button type="button" className={className} onClick={() => input.current?.click()}>
      {children}
    </button>
  );
  return (
    <>
      {hint === undefined ? button : <Hint text={hint}>{button}</Hint>}
      <input
        ref={input}
        type="file"
        accept=".patchwork,.safetensors,.pth,.pt,.bin"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // Cleared, so that the same file can be chosen again.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
