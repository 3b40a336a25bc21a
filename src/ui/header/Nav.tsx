/** The way of a model: it is pretrained, fine-tuned, and compared; and beside it what papers say. Training goes on whichever page is looked at. */
import { ChevronRight } from 'lucide-react';
import { COMPARE_ADDRESS, FINE_TUNE_ADDRESS, PAPERS_ADDRESS, type Place, RUN_ADDRESS, usePlace } from '../place.ts';

const STATIONS: readonly { place: Place; address: string; label: string }[] = [
  { place: 'pretrain', address: RUN_ADDRESS, label: 'Pretrain' },
  { place: 'finetune', address: FINE_TUNE_ADDRESS, label: 'Fine-tune' },
  { place: 'compare', address: COMPARE_ADDRESS, label: 'Compare' },
];

export function Nav() {
  const here = usePlace();
  return (
    <nav className="nav" aria-label="Pages">
      <ol>
        {STATIONS.map(({ place, address, label }, index) => (
          <li key={place}>
            {index > 0 && <ChevronRight size={14} aria-hidden="true" />}
            <a href={address} aria-current={place === here ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
        <li className="nav-beside">
          <a href={PAPERS_ADDRESS} aria-current={here === 'papers' ? 'page' : undefined}>
            Papers
          </a>
        </li>
      </ol>
    </nav>
  );
}
