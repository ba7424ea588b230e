/** Size of a file for people. */
export function megabytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(0)} KB`
  const size = bytes / 1_048_576
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} MB`
}
