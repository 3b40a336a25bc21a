/** Handing a file to the visitor. */
import type { RunConfig } from '../../config/run.ts';

/** "patchwork-mp3-scenes-step1240.patchwork", or "...-step1240-weights.safetensors" without what training needs to go on. */
export function weightsName(config: RunConfig | undefined, step: number, what: 'run' | 'weights'): string {
  const run = config === undefined ? '' : `-${config.task.objective}-${config.data.dataset}`;
  return `patchwork${run}-step${step}${what === 'run' ? '.patchwork' : '-weights.safetensors'}`;
}

export function download(file: Uint8Array | Blob, name: string): void {
  const blob = file instanceof Blob ? file : new Blob([new Uint8Array(file)], { type: 'application/octet-stream' });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
