import { buildIfNeeded, DIST } from '../../scripts/build.mjs';
import { createStaticServer, listen } from '../../scripts/serve.mjs';

/** Serves the built page as `npm start` does, on any free port, for as long as the tests run. */
export default async function serveApp(): Promise<() => void> {
  await buildIfNeeded();
  const server = createStaticServer(DIST);
  process.env.PATCHWORK_URL = `http://localhost:${await listen(server, 0, 'localhost')}/`;
  return () => server.close();
}
