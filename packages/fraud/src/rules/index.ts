import type { FraudRule } from '../rule.ts'
import { fastAndStill, fasterThanCycle } from './cycle.ts'
import { flowEdges, flowLevel, thinned, uniformDilution } from './dilution.ts'
import { nightPattern, oddDigits } from './distribution.ts'
import { abruptEdges, stepChange } from './edge.ts'
import { gapsFrequent, markAbuse, missingNotAtRandom, predictedInGaps } from './gaps.ts'
import { levelShift } from './level.ts'
import { hardCap, huggingLimit, missingTail } from './limit.ts'
import { othersAsUsual } from './others.ts'
import {
  conversionBias,
  conversionMismatch,
  oxygenAlone,
  oxygenEdges,
  oxygenImpossible,
  oxygenLevel,
  oxygenManipulation,
  oxygenOff,
} from './oxygen.ts'
import { impossible, phTricks } from './physics.ts'
import { dropAtInspection, flowFalsified, massBalance, treatmentContradiction } from './process.ts'
import { parameterChange, rangeEffect, rangeMismatch, rangeReturned } from './range.ts'
import { clockAndBackfill, manualBias, overSmooth } from './records.ts'
import { correlationBreak, responseLost, timeShift, timeShiftConfirmed } from './relation.ts'
import { copiedDays, copiedOutlets, repeatedElsewhere } from './repeat.ts'
import { companionsMove, constantValue, lastDigitStands, lowVariance, stillAgainstHistory } from './still.ts'

/** All rules, in the order in which they run: a rule that examines the windows of another comes after it. */
export const fraudRules: readonly FraudRule[] = [
  constantValue,
  lowVariance,
  huggingLimit,
  hardCap,
  dropAtInspection,
  stepChange,
  correlationBreak,
  copiedDays,
  copiedOutlets,
  nightPattern,
  oddDigits,
  impossible,
  conversionMismatch,
  oxygenManipulation,
  flowFalsified,
  massBalance,
  uniformDilution,
  markAbuse,
  missingNotAtRandom,
  overSmooth,
  manualBias,
  parameterChange,
  clockAndBackfill,
  rangeMismatch,
  treatmentContradiction,
  phTricks,
  stillAgainstHistory,
  companionsMove,
  levelShift,
  abruptEdges,
  othersAsUsual,
  missingTail,
  timeShift,
  timeShiftConfirmed,
  repeatedElsewhere,
  oxygenAlone,
  oxygenLevel,
  oxygenOff,
  oxygenImpossible,
  predictedInGaps,
  gapsFrequent,
  thinned,
  flowLevel,
  flowEdges,
  rangeEffect,
  rangeReturned,
  conversionBias,
  lastDigitStands,
  responseLost,
  oxygenEdges,
  fasterThanCycle,
  fastAndStill,
]
