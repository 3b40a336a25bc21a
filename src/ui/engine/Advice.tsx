/** What this window lacks, and how to mend it: a copy that opens without its server, and what browsers give only to secure pages. */
import { useApp } from '../store/store.ts';

/** What each state of the copy says in a row of facts. */
export const OFFLINE = {
  unknown: '–',
  copying: 'being copied',
  whole: 'opens without its server',
  insecure: 'not kept here',
  unsupported: 'not kept here',
  unfit: 'not kept in Firefox',
  refused: 'not kept here',
  off: 'switched off',
  failed: 'not kept here',
} as const;

const WHY = {
  unfit:
    'Firefox opens no second tab of a page that is isolated and kept by a service worker, so no copy is kept here. Chrome and Edge keep one; without it everything works while the server is there.',
  unsupported:
    'This window has no service workers, which keep a copy of the page and give it all cores on any host; private windows of some browsers have none. Open the page in a normal window.',
  refused:
    'The browser lets this page have no service worker, which keeps a copy of it and gives it all cores on any host. Allow this site to store data, or open the page in a normal window.',
  off: 'The address says sw=off: no copy of the page is kept. Take that away, and load the page again.',
} as const;

export function Advice() {
  const { copy, problem } = useApp((state) => state.offline);
  if (copy === 'insecure') return <FourWays />;
  if (copy === 'failed') {
    return (
      <p className="small">
        {problem} So no copy of the page is kept. Either its host changes files on the way, or a new version is just being put
        there: then the next load makes it good. While the server is there everything works.
      </p>
    );
  }
  return copy === 'unsupported' || copy === 'unfit' || copy === 'refused' || copy === 'off' ? (
    <p className="small">{WHY[copy]}</p>
  ) : null;
}

/** In the order in which they work; docs/hosting.md has them at length. */
function FourWays() {
  return (
    <section className="four-ways" aria-label="What plain http lacks">
      <h3>What plain http lacks</h3>
      <p className="small">
        This page came over http from another computer. Browsers give WebGPU, all cores, a copy that opens without the server, and
        room to keep runs only to https and to localhost. Four ways out:
      </p>
      <ol className="small">
        <li>
          Open Patchwork from a host with https once. From then on it opens from this browser’s own copy, without the network too.
        </li>
        <li>
          Unzip <code>patchwork.zip</code> on this computer and start it there (START-HERE.html says how): localhost counts as
          secure.
        </li>
        <li>
          On the computer that serves it: <code>npm start -- --lan --cert FILE --key FILE</code>, with a certificate that these
          computers trust (mkcert makes one).
        </li>
        <li>
          Where Chrome or Edge are managed, set the policy <code>OverrideSecurityRestrictionsOnInsecureOrigin</code> to{' '}
          <code>["{location.origin}"]</code>.
        </li>
      </ol>
    </section>
  );
}
