/** A button that copies a text, and says so; where the browser does not let a page copy, it shows it. */
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

export function Copied({ label, text }: { label: string; text: string }) {
  const [state, set] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => set('copied'),
      () => set('refused'),
    );
  };
  return (
    <span className="copied">
      <button type="button" className="button small-button" onClick={copy}>
        {state === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {label}
      </button>
      <span className="small muted" aria-live="polite">
        {state === 'copied' && 'Copied.'}
        {state === 'refused' && text}
      </span>
    </span>
  );
}
