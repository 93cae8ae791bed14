import type { Note } from '@/lib/store/port';

/** Assumptions and limits of the numbers above, as the analysis wrote them. */
export function Notes({ notes }: { readonly notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  return (
    <details className="twin">
      <summary>
        How far these numbers can be trusted ({notes.length} {notes.length === 1 ? 'note' : 'notes'})
      </summary>
      <ul>
        {notes.map((note) => (
          <li key={`${note.code} ${note.message}`}>{note.message}</li>
        ))}
      </ul>
    </details>
  );
}
