/** What the numbers of an entry of the maintenance ledger say, by the comparison rules of the standards. Pure. */
import type { MaintenanceInput, MaintenanceRecord } from '@shanshui/contract'
import {
  accuracyRows,
  compareWater,
  driftLimits,
  judgeAccuracy,
  standardCheckLimit,
  standardCheckPasses,
  waterComparisonPairs,
  waterComparisonRows,
} from '@shanshui/standards'
import { short as shown } from './factor-name.ts'
import { driftPasses } from './qa.ts'

interface Verdict {
  readonly passed: boolean | null
  readonly text: string | null
  readonly status: MaintenanceRecord['verdictStatus']
}

const accuracyName: Readonly<Record<string, Parameters<typeof judgeAccuracy>[0]>> = {
  a21026: 'SO2',
  a21002: 'NOx',
  a34013: 'PM',
  a19001: 'O2',
  a01011: 'velocity',
  a01012: 'temperature',
  a01014: 'humidity',
}
const waterName: Readonly<Record<string, Parameters<typeof compareWater>[0]>> = {
  w01018: 'COD',
  w21003: 'NH3-N',
  w21011: 'TP',
  w21001: 'TN',
  w01001: 'pH',
  w01010: 'temperature',
  w00000: 'flow',
}

/** What the numbers of an entry say; where they say nothing, what the technician says. Pure. */
export function verdictOf(medium: 'air' | 'water', input: MaintenanceInput): Verdict {
  const said: Verdict = { passed: input.passed ?? null, text: null, status: null }
  const { zeroDriftPercent: zero = null, spanDriftPercent: span = null, factor = null, pairs = [] } = input
  if (input.kind === 'calibration' && (zero !== null || span !== null)) {
    const passed = driftPasses(factor, zero, span)
    const drift = `零点漂移 ${zero === null ? '未填' : `${shown(zero)}%`}，量程漂移 ${span === null ? '未填' : `${shown(span)}%`}`
    return {
      passed,
      text: `${drift}：${passed ? '受控' : '失控'}（${driftLimits.source}）`,
      status: 'unverified',
    }
  }
  if (pairs.length === 0 || factor === null) return said
  if (input.kind === 'standard-check') {
    const passed = pairs.every(
      (pair) => pair.reference > 0 && standardCheckPasses(pair.online, pair.reference),
    )
    const text = `标样核查 ±${standardCheckLimit.value}%：${passed ? '合格' : '不合格'}（${standardCheckLimit.source}）`
    return { passed, text, status: 'unverified' }
  }
  if (input.kind !== 'comparison' && input.kind !== 'verification') return said
  return medium === 'water' ? waterVerdict(factor, pairs, said) : airVerdict(factor, pairs, said)
}

function waterVerdict(factor: string, pairs: MaintenanceInput['pairs'] & {}, said: Verdict): Verdict {
  const name = waterName[factor]
  if (name === undefined) return said
  const results = pairs.map((pair) => compareWater(name, pair.online, pair.reference))
  const enough = pairs.length >= waterComparisonPairs.value
  const passed = enough && results.every((result) => result?.pass === true)
  const each = results
    .map((result) =>
      result === undefined
        ? '无法判定'
        : `${shown(result.deviation)}${result.row.criterion === 'relative' ? '%' : ` ${result.row.unit}`}（±${result.row.limit}）`,
    )
    .join('、')
  const count = enough ? '' : `；仅 ${pairs.length} 对，应不少于 ${waterComparisonPairs.value} 对`
  return {
    passed,
    text: `偏差 ${each}${count}：${passed ? '合格' : '不合格'}（${waterComparisonRows.source}）`,
    status: 'unverified',
  }
}

function airVerdict(factor: string, pairs: MaintenanceInput['pairs'] & {}, said: Verdict): Verdict {
  const name = accuracyName[factor]
  const result = name === undefined ? undefined : judgeAccuracy(name, pairs)
  if (result === undefined) return said
  const passed = result.pass && result.enough
  const unit = result.row.criterion === 'absolute' ? ` ${result.row.unit}` : '%'
  const count = result.enough ? '' : `；仅 ${pairs.length} 对，数据对不足`
  return {
    passed,
    text: `参比均值 ${shown(result.reference)}，偏差 ${shown(result.deviation)}${unit}（±${result.row.limit}）${count}：${passed ? '合格' : '不合格'}（${accuracyRows.source}）`,
    status: 'unverified',
  }
}
