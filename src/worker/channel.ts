/** One typed end of a message port: a worker, a worker's own global scope, or a `MessageChannel` in a test. */

/** What `Worker`, `DedicatedWorkerGlobalScope` and `MessagePort` have in common. */
export interface PortLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  /** Only `MessagePort` has it, and delivers nothing before it is called. */
  start?(): void;
}

export interface Channel<Outgoing, Incoming> {
  send(message: Outgoing, transfer?: Transferable[]): void;
  /** Calls `listener` for each message; returns a function that stops it. */
  listen(listener: (message: Incoming) => void): () => void;
}

/**
 * Types a port once, where it is made. Both ends name the same protocol types, so what arrives is what the other end was
 * allowed to send; nothing else can post into a worker that we started.
 */
export function openChannel<Outgoing, Incoming>(port: PortLike): Channel<Outgoing, Incoming> {
  return {
    send: (message, transfer = []) => port.postMessage(message, transfer),
    listen(listener) {
      const onMessage = (event: MessageEvent<Incoming>): void => listener(event.data);
      port.addEventListener('message', onMessage);
      port.start?.();
      return () => port.removeEventListener('message', onMessage);
    },
  };
}
