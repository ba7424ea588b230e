import type { DataCn, DecodeOptions, Version } from '@shanshui/hj212'
import { Command, InvalidArgumentError, Option } from 'commander'
import { Sink } from '../evaluate/sink.ts'
import { decodeCases } from '../hj212/decode-cases.ts'
import { decodeStream } from '../hj212/decode-stream.ts'
import { encodeLines } from '../hj212/encode-lines.ts'
import { type Summary, simulate } from '../hj212/simulate.ts'

/** `shanshui hj212`: decode, encode and simulate HJ 212 (2005, 2017, 2025). */
export function hj212Command(): Command {
  return new Command('hj212')
    .description('HJ 212（2005、2017、2025）报文：解码、编码、模拟现场机')
    .addCommand(decodeCommand())
    .addCommand(encodeCommand())
    .addCommand(simulateCommand())
}

interface DecodeFlags {
  readonly jsonl?: boolean
  readonly key?: readonly Buffer[]
  readonly acceptModbus?: boolean
}

function decodeCommand(): Command {
  return new Command('decode')
    .description('从标准输入读字节流，每个数据包输出一行 JSON')
    .option('--jsonl', '每行一个用例：{id, raw}、{id, chunks} 或 {id, chunks_hex}，输出 {id, frames, errors}')
    .option('--key <hex>', 'SM4 密钥，32 位十六进制；可多次给出，依次尝试', collectKey)
    .option('--accept-modbus', '接受按 CRC-16/MODBUS 计算校验的数据包')
    .action(async (flags: DecodeFlags) => {
      const sink = new Sink(process.stdout, process.stderr)
      const options: DecodeOptions = {
        ...(flags.key === undefined ? {} : { keys: () => flags.key }),
        ...(flags.acceptModbus === true ? { dialect: { modbusCrc: true } } : {}),
      }
      if (flags.jsonl === true) await decodeCases(process.stdin, sink, options)
      else {
        const counts = await decodeStream(process.stdin, sink, options)
        if (counts.skipped > 0) sink.warn(`跳过 ${counts.skipped} 个不属于数据包的字节`)
      }
      if (sink.closed) process.stdin.destroy()
    })
}

interface EncodeFlags {
  readonly split?: boolean
  readonly key?: readonly Buffer[]
  readonly braces?: boolean
  readonly modbus?: boolean
}

function encodeCommand(): Command {
  return new Command('encode')
    .description('从标准输入读 JSON 行（decode 的输出即可），输出数据包')
    .option('--split', '数据区超过 950 字节时拆分为多包')
    .option('--key <hex>', 'SM4 密钥，32 位十六进制', collectKey)
    .option('--braces', '密文写成 {0xHH,…}')
    .option('--modbus', '按 CRC-16/MODBUS 计算校验')
    .action(async (flags: EncodeFlags) => {
      const key = flags.key?.[0]
      const failed = await encodeLines(process.stdin, process.stdout, process.stderr, {
        split: flags.split === true,
        ...(key === undefined ? {} : { key }),
        ...(flags.braces === true ? { cipherForm: 'braces' as const } : {}),
        modbusCrc: flags.modbus === true,
      })
      if (failed > 0) process.exitCode = 1
    })
}

interface SimulateFlags {
  readonly to: { host: string; port: number }
  readonly stations: number
  readonly rate: number
  readonly duration?: number
  readonly mnPrefix: string
  readonly cn: DataCn
  readonly st: string
  readonly edition: Version
  readonly pw: string
  readonly factors: string
  readonly window: number
  readonly connectRate: number
  readonly json?: boolean
}

function simulateCommand(): Command {
  return new Command('simulate')
    .description('模拟现场机，向上位机发送数据并统计应答')
    .requiredOption('--to <host:port>', '上位机地址', parseAddress)
    .option('--stations <n>', '现场机数量', positive, 10)
    .option('--rate <n>', '全部现场机合计每秒数据包数', positive, 10)
    .option('--duration <s>', '持续秒数；不给则直到 Ctrl-C', positive)
    .option('--mn-prefix <text>', 'MN 前缀，补零到 24 位', '5348414E53485549')
    .addOption(new Option('--cn <cn>', '命令编码').choices(['2011', '2051', '2061', '2031']).default('2011'))
    .option('--st <st>', '系统编码', '22')
    .addOption(
      new Option('--edition <edition>', '标准版本').choices(['2005', '2017', '2025']).default('2017'),
    )
    .option('--pw <text>', '访问密码', '123456')
    .option('--factors <codes>', '因子编码，逗号分隔', 'a34004,a34002,a05024,a21004,a21026,a21005')
    .option('--window <n>', '每台现场机未应答数据包上限', positive, 16)
    .option('--connect-rate <n>', '每秒建立连接数', positive, 500)
    .option('--json', '结果输出为 JSON')
    .action(async (flags: SimulateFlags) => {
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      process.once('SIGTERM', () => stop.abort())
      const summary = await simulate({
        ...flags.to,
        ...flags,
        durationS: flags.duration,
        version: flags.edition,
        factors: flags.factors.split(','),
        connectsPerSecond: flags.connectRate,
        signal: stop.signal,
        onProgress: (now) => process.stderr.write(`${line(now)}\n`),
      })
      process.stdout.write(`${flags.json === true ? JSON.stringify(summary) : line(summary)}\n`)
      if (summary.sent > 0 && summary.acked === 0)
        process.stderr.write('没有收到应答：上位机不应答未登记的 MN 或密码不符的现场机，请先在上位机登记\n')
      if (summary.acked < summary.sent) process.exitCode = 1
    })
}

function line(summary: Summary): string {
  const ms = (value: number) => (Number.isNaN(value) ? '-' : `${value.toFixed(1)} ms`)
  return [
    `stations ${summary.connected}`,
    `sent ${summary.sent}`,
    `acked ${summary.acked}`,
    `resent ${summary.resent}`,
    `unanswered ${summary.unanswered}`,
    `p50 ${ms(summary.p50Ms)}`,
    `p99 ${ms(summary.p99Ms)}`,
    `max ${ms(summary.maxMs)}`,
    `${summary.seconds.toFixed(1)} s`,
  ].join('  ')
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError(`应为正数，而不是“${text}”。`)
  return value
}

function parseAddress(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':')
  const port = Number(text.slice(at + 1))
  const host = text.slice(0, at).replace(/^\[|\]$/g, '')
  if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`应为 主机:端口，如 127.0.0.1:9002，而不是“${text}”。`)
  return { host, port }
}

function collectKey(text: string, before: readonly Buffer[] = []): Buffer[] {
  const key = Buffer.from(text, 'hex')
  if (text.length !== 32 || key.length !== 16)
    throw new InvalidArgumentError('SM4 密钥为 32 位十六进制数字。')
  return [...before, key]
}
