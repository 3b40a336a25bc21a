/** Compares runs: what differs, what they cost, and whether pretraining was worth it. */
import { PageHeader } from '../header/PageHeader.tsx';

export default function ComparePage() {
  return (
    <>
      <PageHeader />
      <main className="studies">
        <h2>Compare</h2>
      </main>
    </>
  );
}
