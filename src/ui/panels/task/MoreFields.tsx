/** Settings that few people change. They open by themselves when one of them needs to be seen. */
import { useState } from 'react';
import { Field } from '../../controls/Field.tsx';
import { useApp } from '../../store/store.ts';

export function MoreFields({ paths }: { paths: readonly string[] }) {
  const isWanting = useApp((state) => state.settings.problems.some(({ path }) => paths.includes(path)));
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="more-fields" open={isOpen || isWanting} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="small">More settings ({paths.length})</summary>
      <div className="fields">
        {paths.map((path) => (
          <Field key={path} path={path} />
        ))}
      </div>
    </details>
  );
}
