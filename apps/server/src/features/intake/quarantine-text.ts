/** Reasons of quarantine in the words of the screen, and raw bytes as people can read them. */
import type { QuarantineReason, RawBytes } from '@shanshui/contract'

export const quarantineTexts: Readonly<Record<QuarantineReason, string>> = {
  'mn-unknown': 'MN 未登记',
  'mn-disabled': 'MN 已停用',
  'password-wrong': '访问密码不符',
  'crc-failed': 'CRC 校验不符',
  'crc-modbus': 'CRC 用了 CRC-16/MODBUS 算法，可在站点方言中放行',
  'length-wrong': '长度字段与数据段不符',
  'frame-truncated': '报文不完整',
  'frame-oversize': '报文超过长度上限',
  syntax: '数据段不能解析',
  'encrypted-no-key': '密文报文，没有可用的密钥',
  'command-unknown': '命令编码不认识',
  'datatime-missing': '没有 DataTime 或不能解析',
  'datatime-future': '数据时间在未来',
  'datatime-too-old': '数据时间早于允许的补传期',
  'no-factors': '没有可用的监测因子',
  'unit-unknown': '因子单位无法换算',
  'write-refused': '数据库拒绝写入',
  'rate-limit': '超过频率上限',
}

/** Control characters and bytes that are no text are shown as dots. */
export function presentBytes(bytes: Uint8Array): RawBytes {
  const text = new TextDecoder('utf-8').decode(bytes)
  return {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: making them visible is the purpose
    text: text.replace(/\r\n/g, '␍␊').replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/g, '·'),
    hex: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex'),
    bytes: bytes.byteLength,
  }
}
