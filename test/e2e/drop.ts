/** Files that are dropped on the page. */
import type { App } from './app.ts';

interface Named {
  name: string;
  buffer: Buffer;
}

/** Drops files on the middle of the page, as a person would. */
export async function drop(app: App, files: Named[]): Promise<void> {
  const encoded = files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') }));
  const transfer = await app.page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, base64 } of all) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return data;
  }, encoded);
  for (const type of ['dragenter', 'dragover', 'drop']) await app.region('Board').dispatchEvent(type, { dataTransfer: transfer });
}
