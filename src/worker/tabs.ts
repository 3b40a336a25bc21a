/** Tells the page's other tabs that kept runs have changed. It lies here because nothing but worker/ posts messages. */
const NAME = 'patchwork';

export class Tabs {
  private readonly channel: BroadcastChannel | undefined;

  /** @param onChange another tab has kept, renamed or deleted a run */
  constructor(onChange: () => void) {
    if (!('BroadcastChannel' in globalThis)) return;
    this.channel = new BroadcastChannel(NAME);
    this.channel.addEventListener('message', onChange);
  }

  /** Something was changed here. */
  tell(): void {
    this.channel?.postMessage('changed');
  }
}
