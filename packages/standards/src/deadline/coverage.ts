/** Rows of the coverage table for the counting of limits. */
import type { Clause, Status } from '../clause.ts'
import type { CoverageRow } from '../coverage.ts'
import {
  backwardsClause,
  countingClause,
  holidaysClause,
  monthEndClause,
  noRollClause,
  rollClause,
  stopsClause,
} from './clauses.ts'
import { shortPeriodRules } from './short-periods.ts'

const VECTORS = ['deadline/vectors.test.ts', 'deadline/limit-end.test.ts']
const END = ['deadline.end']

const row = (
  clause: Clause,
  rule: string,
  functions: readonly string[],
  status: Status = 'verified',
  evaluators: readonly string[] = END,
): CoverageRow => ({ clause, rule, functions, evaluators, tests: VECTORS, status })

const shortPeriod = (clause: Clause, rule: string): CoverageRow =>
  row(clause, rule, ['dayUnitOf', 'shortPeriodRules', 'shortPeriodLaws'])

export const deadlineCoverage: readonly CoverageRow[] = [
  row(countingClause, '期间自次日起算；按小时的自规定时刻起算', [
    'limitEnd',
    'hoursEnd',
    'calendarOf',
    'addDays',
    'daysBetween',
    'countingClause',
  ]),
  row(monthEndClause, '按月、按年计算的末日；没有对应日的为月末', [
    'limitEnd',
    'addMonths',
    'periodOf',
    'weekday',
    'laterOf',
    'earlierOf',
    'monthEndClause',
  ]),
  row(rollClause, '末日为休假日的顺延至次一工作日，调休上班日不顺延；24时止', [
    'limitEnd',
    'nextWorkingDay',
    'endOfCalendarDays',
    'rollClause',
  ]),
  shortPeriod(shortPeriodRules.行政处罚法.clause, '2、3、5、7日为工作日'),
  shortPeriod(shortPeriodRules.行政强制法.clause, '10日以内为工作日'),
  shortPeriod(shortPeriodRules.行政复议法.clause, '3、5、7、10日为工作日'),
  row(
    shortPeriodRules.行政许可法.clause,
    '该法的期限按工作日；其他条文未写明的两种读法并列，提醒从早',
    ['dayUnitOf', 'endOfWorkingDays', 'licensingDaysClause'],
    'verified',
    ['deadline.end', 'permit.deadlines'],
  ),
  shortPeriod(shortPeriodRules['公治〔2014〕853号'].clause, '该办法的期限均为工作日'),
  row(
    holidaysClause,
    '2026年放假和调休；没有安排的年度按周末和元旦计并标为暂定；全年248个工作日',
    [
      'holidayYears',
      'builtInCalendar',
      'isWorkingDay',
      'isCalendarKnown',
      'workingDaysBetween',
      'workingDaysOfYear',
      'holidayYearFaults',
      'holidaysClause',
    ],
    'unverified',
    ['deadline.end', 'deadline.before'],
  ),
  row(noRollClause, '查封、限产等最长期限按自然末日解除，保护当事人', ['limitEnd', 'noRollClause'], 'design'),
  row(
    stopsClause,
    '中止起止日整日不计，重叠的合并，余期自次日续算',
    ['limitEnd', 'mergedRanges', 'stopsClause'],
    'design',
  ),
  row(
    backwardsClause,
    '提前N个工作日：拒绝从宽、提醒从严',
    ['workingDaysBefore', 'backwardsClause'],
    'design',
    ['deadline.before'],
  ),
]

export const deadlineUnverifiedRows: readonly string[] = ['holidayYears']
export const deadlineNotRules: readonly string[] = ['deadlineStandards']
