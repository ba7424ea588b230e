/** Where a row that a finding rests on can be opened; nothing for what has no page of its own. */
export function rowAddress(
  row: { readonly kind: string; readonly id: number | null },
  enterpriseId: number,
): string | undefined {
  if (row.kind === 'outlet' || row.kind === 'exceedance')
    return row.id === null ? undefined : `/sources/outlets/${row.id}`
  if (row.kind === 'lead') return row.id === null ? undefined : `/leads?lead=${row.id}&state=all&level=`
  if (row.kind === 'permit' || row.kind === 'obligation') return `/sources/enterprises/${enterpriseId}`
  return undefined
}
