import { type Parameter, parameter } from './parameter.ts'

/** Noise, HJ 212-2017 table B.3, all in dB. */
export const noiseParameters: readonly Parameter[] = [
  noise('LA', '瞬时A声级', 'Instantaneous A-weighted level'),
  noise('L5', '累计百分声级L5', 'Percentile level L5'),
  noise('L10', '累计百分声级L10', 'Percentile level L10'),
  noise('L50', '累计百分声级L50', 'Percentile level L50'),
  noise('L90', '累计百分声级L90', 'Percentile level L90'),
  noise('L95', '累计百分声级L95', 'Percentile level L95'),
  noise('Leq', '等效声级', 'Equivalent level'),
  noise('Ldn', '昼夜等效声级', 'Day-night level'),
  noise('Ld', '昼间等效声级', 'Day level'),
  noise('Ln', '夜间等效声级', 'Night level'),
  noise('LMx', '最大声级', 'Maximum level'),
  noise('LMn', '最小声级', 'Minimum level'),
]

function noise(code: string, zh: string, en: string): Parameter {
  return parameter(code, null, zh, en, 'dB', null, 'N3.1')
}
