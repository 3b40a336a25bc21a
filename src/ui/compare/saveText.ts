import { download } from '../controller/download.ts';

export function saveText(text: string, name: string): void {
  download(new TextEncoder().encode(text), name);
}
