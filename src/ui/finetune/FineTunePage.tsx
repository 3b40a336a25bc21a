/** Teaches a model labels, from a pretrained start or from scratch. */
import { PageHeader } from '../header/PageHeader.tsx';

export default function FineTunePage() {
  return (
    <>
      <PageHeader />
      <main className="studies">
        <h2>Fine-tune</h2>
      </main>
    </>
  );
}
