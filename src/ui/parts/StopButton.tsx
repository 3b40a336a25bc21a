/** Stands in place of the button that began something, while that goes on. */
import { Square } from 'lucide-react';

export function StopButton({ onStop, label = 'Stop' }: { onStop: () => void; label?: string }) {
  return (
    <button type="button" className="button" onClick={onStop}>
      <Square size={16} aria-hidden="true" />
      {label}
    </button>
  );
}
