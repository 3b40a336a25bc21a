import type { PortLike } from './channel.ts';
import { openRunStore } from './keeping/runStore.ts';
import { serveWeights } from './weights.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveWeights(self, openRunStore);
