import type { PortLike } from './channel.ts';
import { serveResynthesis } from './resynthesis.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveResynthesis(self);
