/** Whether the screen stays on while it trains: yes, unless the visitor says otherwise. */
import { create } from 'zustand';

const KEY = 'patchwork-screen-on';

export const useWakeLock = create<{ on: boolean }>()(() => ({ on: remembered() }));

export function setWakeLock(on: boolean): void {
  useWakeLock.setState({ on });
  try {
    localStorage.setItem(KEY, String(on));
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'false';
  } catch {
    return true;
  }
}
