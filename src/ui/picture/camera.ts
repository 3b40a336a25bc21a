/** The camera, when somebody asks for it. What it sees stays on this computer. */
import { messageOf } from '../../base/errors.ts';

/** Sharp enough for the largest pictures that runs have. */
const WANTED = { width: { ideal: 640 }, height: { ideal: 480 } };

/** @throws DOMException as `getUserMedia` */
export async function openCamera(): Promise<MediaStream> {
  // Absent where the page came over plain http from another computer.
  if (!('mediaDevices' in navigator)) throw new DOMException('no secure page', 'SecurityError');
  return navigator.mediaDevices.getUserMedia({ video: WANTED });
}

/** What the camera shows now, as a PNG file; not mirrored. */
export async function takeFrame(video: HTMLVideoElement, name: string): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (context === null || canvas.width === 0) throw new Error('it shows nothing yet.');
  context.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the browser made no picture of it.');
  return new File([blob], name, { type: 'image/png' });
}

export function problemOf(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'The camera was not allowed. Allow it beside the page’s address, then press Camera again.';
    case 'NotFoundError':
      return 'No camera was found. Plug one in, then press Camera again.';
    case 'NotReadableError':
      return 'The camera shows nothing: another program may hold it.';
    case 'SecurityError':
      return 'Browsers lend the camera to secure pages only: open Patchwork by https, or on the computer that serves it.';
    default:
      return `The camera cannot be used: ${messageOf(error)}`;
  }
}
