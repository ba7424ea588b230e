/** Door of the package: rules that find doubtful online monitoring data of pollution sources. */
export type {
  Comparison,
  Extras,
  FlueGas,
  LateCorrection,
  MinuteSeries,
  OutletFrame,
  ParameterChange,
  ParameterSeries,
} from './frame.ts'
export { type MarkClass, markClass, markClasses } from './mark.ts'
export { type ParameterKind, parameterOf } from './parameter.ts'
export type { FraudRule, Pattern, Threshold, ThresholdSource } from './rule.ts'
export { fraudRules } from './rules/index.ts'
export { copiedFromEachOther } from './rules/repeat.ts'
export { type FraudLead, type ScanOptions, scanOutlet } from './scan.ts'
export { combined, countedTogether, type Level, levelOf, type Scored } from './score.ts'
export { spearman } from './statistics/correlation.ts'
