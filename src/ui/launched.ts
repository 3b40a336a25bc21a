/** Files that the operating system opens with the installed page (public/manifest.webmanifest) are added as dropped ones are. */
import type { Experiment } from './controller/experiment.ts';
import { nameFile } from './controller/photo.ts';

/** TypeScript's DOM library does not know it yet; only Chromium has it. */
interface Launch {
  files: readonly FileSystemFileHandle[];
}
declare global {
  var launchQueue: { setConsumer(take: (launch: Launch) => void): void } | undefined;
}

export function takeLaunchedFiles(experiment: Experiment): void {
  globalThis.launchQueue?.setConsumer(async ({ files }) => {
    const read = await Promise.all(files.map((file) => file.getFile()));
    // Opened by its own icon there are none.
    if (read.length > 0) experiment.add(read.map(nameFile));
  });
}
