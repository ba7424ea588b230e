/** HJ 212 (HJ/T 212-2005, HJ 212-2017, HJ 212-2025): codec, host (上位机) and station simulator (现场机). */
export { type AnomalyName, anomalyNames } from './anomaly.ts'
export { Cp, type CpJson } from './cp.ts'
export { crc16, crc16Modbus, crcText, isPossibleCrc } from './crc.ts'
export { type DecodeOptions, decodeAll, decodeFrame } from './decode.ts'
export { defaultFillValues, type StationDialect } from './dialect.ts'
export { flagValue, isSurfaceWaterMn, type Version, versionOf } from './flag.ts'
export { Frame, type FrameFault, type FrameFlag, type FrameJson, type Header } from './frame.ts'
export { type FrameLimits, FrameStream } from './frame-stream.ts'
export { type Defect, RawFrame, type Tail } from './raw-frame.ts'
export { sm4Decrypt, sm4Encrypt } from './sm4.ts'
export {
  type FieldKind,
  type FieldRow,
  knownSuffixes,
  numericSuffixes,
  plainFields,
  suffixFields,
} from './tables/fields.ts'
