/** How many files go in one call, and how many bytes: well below what the service takes at once. */
const most = { files: 1_000, bytes: 24_000_000 } as const;

/** Files in their order, in as many groups as calls are needed. A file that is larger than a call goes alone. */
export function batches<T extends { readonly size: number }>(files: readonly T[]): T[][] {
  const groups: T[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = groups.at(-1);
    if (last && last.length < most.files && bytes + file.size <= most.bytes) {
      last.push(file);
      bytes += file.size;
    } else {
      groups.push([file]);
      bytes = file.size;
    }
  }
  return groups;
}
