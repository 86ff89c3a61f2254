/** Toolcrib's mark, as in `icons/toolcrib.svg`: a crate with a tool standing in it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="14" fill="#135b5a" />
      <path
        transform="rotate(18 32 40)"
        fill="#fdf8f1"
        d="M28 21.6A10.3 10.3 0 0 1 27.2 3.6V12a2 2 0 0 0 2 2h5.6a2 2 0 0 0 2-2V3.6A10.3 10.3 0 0 1 36 21.6V46h-8z"
      />
      <path fill="#e58b3f" d="M9 31h46v7.5H9zM9 41h46v7.5H9zM9 51h46v7.5H9z" />
      <path
        fill="#f9d9b4"
        d="M9 29.5a1.5 1.5 0 0 1 1.5-1.5h5a1.5 1.5 0 0 1 1.5 1.5v29a1.5 1.5 0 0 1-1.5 1.5h-5A1.5 1.5 0 0 1 9 58.5zM47 29.5a1.5 1.5 0 0 1 1.5-1.5h5a1.5 1.5 0 0 1 1.5 1.5v29a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5z"
      />
    </svg>
  );
}
