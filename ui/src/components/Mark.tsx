/** Toolcrib's mark: an open crate with a tool standing in it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="14" fill="#135b5a" />
      <path d="M26 8h12v7l-3 4v18h-6V19l-3-4z" fill="#f3c499" />
      <path d="M29 8h6v5h-6z" fill="#135b5a" />
      <path d="M10 30h44v9H10z" fill="#fdf8f1" />
      <path d="M13 42h38v5H13zM13 50h38v4a2 2 0 0 1-2 2H15a2 2 0 0 1-2-2z" fill="#e58b3f" />
    </svg>
  );
}
