import { setFlagsFromString } from 'node:v8'

/**
 * For a process that only passes things through, such as a gateway of its own: garbage is collected early instead of
 * letting the heap grow. Measured at 1,000 connections and 2,000 frames a second: 177 MB in place of 305, with the same
 * time to the acknowledgement; at saturation 7 % fewer frames.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=30')
}
