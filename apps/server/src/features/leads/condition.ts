/** The condition language of rules: checked, put into Chinese words, and walked. */
import {
  type Condition,
  type ConditionValue,
  comparisonOperators,
  type Quantity,
  type QuantityName,
  quantities,
} from '@shanshui/contract'

export interface ConditionFault {
  readonly path: string
  readonly message: string
}

const deepest = 8
const operators: ReadonlySet<unknown> = new Set(comparisonOperators)
const quantityNames: ReadonlySet<unknown> = new Set(quantities)
const longestHours = 24 * 92

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Faults of what should be a condition; none when it is one. `parameters`: names that values may refer to. */
export function conditionFaults(value: unknown, parameters: ReadonlySet<string>): ConditionFault[] {
  const faults: ConditionFault[] = []
  const refuse = (path: string, message: string): unknown => faults.push({ path, message })

  function number(at: unknown, path: string, limits?: { min: number; max: number }): unknown {
    if (isObject(at) && typeof at.parameter === 'string') {
      if (!parameters.has(at.parameter)) refuse(path, `没有参数 ${at.parameter}`)
      return
    }
    if (typeof at !== 'number' || !Number.isFinite(at)) return refuse(path, '应为数值或参数')
    if (limits !== undefined && (at < limits.min || at > limits.max))
      refuse(path, `应在 ${limits.min} 至 ${limits.max} 之间`)
  }
  function quantity(at: unknown, path: string): unknown {
    if (!isObject(at)) return refuse(path, '应写明看什么量')
    if (!quantityNames.has(at.of)) refuse(`${path}/of`, `没有这个量；可用 ${quantities.join('、')}`)
    if (typeof at.factor !== 'string' || !/^(\*|[a-z][0-9a-zA-Z]{2,19})$/.test(at.factor))
      refuse(`${path}/factor`, '应为因子代码，或 * 表示各监测因子')
    if (at.averaging !== undefined && at.averaging !== 'hour' && at.averaging !== 'minute')
      refuse(`${path}/averaging`, '应为 hour 或 minute')
  }
  function operator(at: unknown, path: string): void {
    if (!operators.has(at)) refuse(path, `应为 ${comparisonOperators.join(' ')}`)
  }
  function walk(at: unknown, path: string, depth: number): unknown {
    if (depth > deepest) return refuse(path, `嵌套超过 ${deepest} 层`)
    if (!isObject(at)) return refuse(path, '应为条件')
    switch (at.kind) {
      case 'threshold':
        quantity(at.quantity, `${path}/quantity`)
        operator(at.op, `${path}/op`)
        return number(at.value, `${path}/value`)
      case 'lasting':
        number(at.hours, `${path}/hours`, { min: 0, max: longestHours })
        return walk(at.condition, `${path}/condition`, depth + 1)
      case 'all':
      case 'any':
        if (!Array.isArray(at.conditions) || at.conditions.length === 0 || at.conditions.length > 20)
          return refuse(`${path}/conditions`, '应有 1 至 20 个条件')
        for (const [i, inner] of at.conditions.entries()) walk(inner, `${path}/conditions/${i}`, depth + 1)
        return
      case 'not':
        return walk(at.condition, `${path}/condition`, depth + 1)
      case 'absent':
        quantity({ of: 'measured', factor: at.factor }, path)
        return number(at.minutes, `${path}/minutes`, { min: 1, max: longestHours * 60 })
      case 'compare':
        quantity(at.a, `${path}/a`)
        quantity(at.b, `${path}/b`)
        if (at.by !== 'difference' && at.by !== 'ratio' && at.by !== 'correlation')
          refuse(`${path}/by`, '应为 difference、ratio 或 correlation')
        number(at.hours, `${path}/hours`, { min: 1, max: longestHours })
        operator(at.op, `${path}/op`)
        return number(at.value, `${path}/value`)
      case 'exceeding':
        return quantity({ of: 'judged', factor: at.factor }, path)
      case 'fraud':
        if (typeof at.rule !== 'string') refuse(`${path}/rule`, '应为规则编号')
        return
      case 'raised':
        if (typeof at.by !== 'string') refuse(`${path}/by`, '应写明由谁提出')
        return
      default:
        refuse(`${path}/kind`, '没有这种条件')
    }
  }
  walk(value, 'condition', 1)
  return faults
}

export type ParameterValues = ReadonlyMap<string, number>

/** A value with the rule's parameters put in. Throws when the rule lacks the parameter. */
export function numberOf(value: ConditionValue, parameters: ParameterValues): number {
  if (typeof value === 'number') return value
  const found = parameters.get(value.parameter)
  if (found === undefined) throw new Error(`rule parameter ${value.parameter} is missing`)
  return found
}

/** Conditions below and including this one. */
export function* everyCondition(condition: Condition): Generator<Condition> {
  yield condition
  if (condition.kind === 'lasting' || condition.kind === 'not') yield* everyCondition(condition.condition)
  if (condition.kind === 'all' || condition.kind === 'any')
    for (const inner of condition.conditions) yield* everyCondition(inner)
}

export function quantitiesOf(condition: Condition): Quantity[] {
  return [...everyCondition(condition)].flatMap((c): Quantity[] => {
    if (c.kind === 'threshold') return [c.quantity]
    if (c.kind === 'compare') return [c.a, c.b]
    return c.kind === 'absent' || c.kind === 'exceeding' ? [{ of: 'measured', factor: c.factor }] : []
  })
}

/** Looks at each monitored factor by itself. */
export const isByFactor = (condition: Condition): boolean =>
  quantitiesOf(condition).some((q) => q.factor === '*')

/** Hours before an hour that must be known to judge it. */
export function lookBackHours(condition: Condition, parameters: ParameterValues): number {
  switch (condition.kind) {
    case 'lasting':
      return numberOf(condition.hours, parameters) + lookBackHours(condition.condition, parameters)
    case 'compare':
      return numberOf(condition.hours, parameters)
    case 'absent':
      return numberOf(condition.minutes, parameters) / 60
    case 'threshold':
      return condition.quantity.of === 'rate' ? 1 : 0
    case 'not':
      return lookBackHours(condition.condition, parameters)
    case 'all':
    case 'any':
      return Math.max(...condition.conditions.map((c) => lookBackHours(c, parameters)))
    case 'exceeding':
    case 'fraud':
    case 'raised':
      return 0
  }
}

const quantityWords: Readonly<Record<QuantityName, string>> = {
  measured: '实测浓度',
  judged: '判定浓度（有基准氧的为折算）',
  'limit-ratio': '判定浓度与限值之比',
  rate: '每小时变化量',
  mass: '小时排放量（kg）',
  o2: '含氧量（%）',
  flow: '流量（m³/h）',
  load: '生产负荷（%）',
  transmission: '数据传输有效率',
}
const operatorWords = { '>': '大于', '>=': '不小于', '<': '小于', '<=': '不大于' } as const
const comparisonWords = { difference: '均值之差', ratio: '均值之比', correlation: '相关系数' } as const

/** The condition in Chinese with its numbers. `nameOf`: name of a factor. */
export function conditionText(
  condition: Condition,
  parameters: ParameterValues,
  nameOf: (factor: string) => string,
): string {
  const value = (v: ConditionValue) => String(numberOf(v, parameters))
  const what = (q: Quantity) => {
    const own = q.of === 'o2' || q.of === 'flow' || q.of === 'load' || q.of === 'transmission'
    const factor = own ? '' : q.factor === '*' ? '各监测因子' : nameOf(q.factor)
    return `${factor}${q.averaging === 'minute' ? '分钟' : ''}${quantityWords[q.of]}`
  }
  const text = (c: Condition): string => {
    switch (c.kind) {
      case 'threshold':
        return `${what(c.quantity)}${operatorWords[c.op]} ${value(c.value)}`
      case 'lasting':
        return `${wrapped(c.condition)}，持续 ${value(c.hours)} 小时以上`
      case 'all':
        return c.conditions.map(wrapped).join('，且 ')
      case 'any':
        return c.conditions.map(wrapped).join('，或 ')
      case 'not':
        return `不满足（${text(c.condition)}）`
      case 'absent':
        return `${c.factor === '*' ? '任一监测因子' : nameOf(c.factor)} ${value(c.minutes)} 分钟没有数据`
      case 'compare':
        return `${value(c.hours)} 小时内${what(c.a)}与${what(c.b)}的${comparisonWords[c.by]}${operatorWords[c.op]} ${value(c.value)}`
      case 'exceeding':
        return `${c.factor === '*' ? '任一监测因子' : nameOf(c.factor)}按超标判定流程判为超标`
      case 'fraud':
        return `数据特征规则 ${c.rule}`
      case 'raised':
        return `由“${c.by}”提出`
    }
  }
  const wrapped = (c: Condition) => (c.kind === 'all' || c.kind === 'any' ? `（${text(c)}）` : text(c))
  return text(condition)
}
