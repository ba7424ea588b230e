const WIDTH = 160
const HEIGHT = 28
const PAD = 2

/** Thirty days as a line; a gap stays a gap. */
export function Spark({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return <div style={{ height: HEIGHT }} />
  const low = Math.min(...known)
  const span = Math.max(...known) - low || 1
  const step = (WIDTH - 2 * PAD) / Math.max(1, values.length - 1)
  let path = ''
  let pen = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pen = false
      continue
    }
    const x = PAD + index * step
    const y = HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD)
    path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    pen = true
  }
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={path} fill="none" stroke="#52606d" strokeWidth="1.3" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
