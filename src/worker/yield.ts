/**
 * Lets waiting messages in. A timer would do, but browsers hold nested timers back by 4 ms, longer than a small step on a
 * fast GPU.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
