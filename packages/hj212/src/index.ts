/** HJ 212 (HJ/T 212-2005, HJ 212-2017, HJ 212-2025): codec, host (上位机) and station simulator (现场机). */
export { type AnomalyName, anomalyNames } from './anomaly.ts'
export { Cp, type CpJson } from './cp.ts'
export { crc16, crc16Modbus, crcText, isPossibleCrc } from './crc.ts'
export { type DecodeOptions, decodeAll, decodeFrame } from './decode.ts'
export { defaultFillValues, type StationDialect } from './dialect.ts'
export {
  areaText,
  type CpItem,
  type EncodeOptions,
  encodeFrame,
  encodeFrames,
  type FrameInput,
  LONGEST_AREA,
} from './encode.ts'
export { flagValue, isSurfaceWaterMn, type Version, versionOf } from './flag.ts'
export { Frame, type FrameFault, type FrameFlag, type FrameJson, type Header } from './frame.ts'
export { type FrameLimits, FrameStream } from './frame-stream.ts'
export type { AckDecision, Host, HostOptions, HostStats, Session } from './host/api.ts'
export type { CommandOutcome, CommandRequest, CommandResult } from './host/command.ts'
export type { CloseReason, Connection } from './host/connection.ts'
export { createHost } from './host/host.ts'
export { defaultHostLimits, type HostLimits } from './host/limits.ts'
export type { HistoryCn } from './host/requests.ts'
export * as requests from './host/requests.ts'
export { type Assembled, PacketAssembler, type PacketGroup } from './packet-assembler.ts'
export { type Defect, RawFrame, type Tail } from './raw-frame.ts'
export { encodeReply, type ReplyCn, repliedQn } from './reply.ts'
export { sm4Decrypt, sm4Encrypt } from './sm4.ts'
export type { StationState } from './station/answers.ts'
export type { Station, StationFaults, StationOptions, StationStats } from './station/api.ts'
export { deform, type FrameFault as DeviceFault, frameFaults } from './station/faults.ts'
export {
  type DataCn,
  dataItems,
  type StationFactor,
  type StationValue,
  type ValueSource,
} from './station/messages.ts'
export { createStation } from './station/station.ts'
export { airFactors } from './tables/air-factors.ts'
export {
  type CommandKind,
  type CommandRow,
  commandRow,
  commands,
  dangerousCommands,
  type Edition,
  periodOfCommand,
  requestKind,
  uploadKind,
} from './tables/commands.ts'
export type { FactorRow } from './tables/factor-row.ts'
export { currentCode, factorByCode } from './tables/factors.ts'
export {
  type FieldKind,
  type FieldRow,
  knownSuffixes,
  numericSuffixes,
  plainFields,
  suffixFields,
} from './tables/fields.ts'
export { type InfoCodeRow, type InfoKind, infoCodes, infoKind } from './tables/info-codes.ts'
export { type LinkRow, linkDefaults } from './tables/link-defaults.ts'
export { noiseFactors } from './tables/noise-factors.ts'
export {
  flueGasProcesses,
  type ProcessRow,
  processCode,
  processFactors,
  wastewaterProcesses,
} from './tables/process-codes.ts'
export {
  type CodeRow,
  type DataMarkRow,
  dataMarks,
  executionResults,
  facilityStates,
  markUse,
  requestResults,
} from './tables/result-codes.ts'
export { INTERACTION, type SystemCodeRow, systemCodes } from './tables/system-codes.ts'
export { waterFactors } from './tables/water-factors.ts'
export { type FrameTime, formatQn, formatTime, frameTime, parseQn, parseTime, QnSource } from './time.ts'
