/** Deviations are recorded by name and never thrown. The names are part of the public interface. */
export const anomalyNames = {
  'length-not-4-digits': 'length field of fewer than four digits, or padded with spaces',
  'length-mismatch': 'length field differs from the length of the data segment',
  'length-over-1024': 'data segment longer than the 1,024 bytes of the standard',
  'crc-lowercase': 'CRC written with lower-case digits',
  'crc-is-CRC16/MODBUS': 'CRC computed by CRC-16/MODBUS instead of Annex A',
  'tail-none': 'no CR LF after the CRC',
  'tail-spaces': 'spaces after the CRC',
  'tail-lf': 'LF alone after the CRC',
  'tail-cr': 'CR alone after the CRC',
  'tail-literal': 'the four characters \\r\\n after the CRC',
  encrypted: 'data area was encrypted by SM4 and has been decrypted',
  'encrypted-brace-form': 'ciphertext written as {0xHH,…}',
  'encrypted-previous-key': 'decrypted by the previous key',
  'field-separator': 'comma or nothing where ";" belongs between header fields',
  'field-spaces': 'spaces around a header field',
  'field-case': 'header field name in another case',
  'unknown-field': 'header field that the standard does not know',
  'duplicate-header-field': 'header field given twice; the first one counts',
  'no-QN': 'no request number',
  'QN-not-17-digits': 'request number is not YYYYMMDDhhmmsszzz',
  'no-ST': 'no system code',
  'ST-not-2-chars': 'system code of another length than two',
  'no-Flag': 'no Flag: taken as 2005, no answer wanted',
  'Flag-not-number': 'Flag is not a number of 0…255',
  'flag-version-reserved': 'version bits above 2: read as the newest known version',
  'flag-split-bit-without-PNUM': 'split bit set but no PNUM and PNO: taken as not split',
  'PNUM-without-split-bit': 'PNUM and PNO present but the split bit is clear or Flag is absent',
  'packet-number-out-of-range': 'PNO is not within 1…PNUM',
  'PW-not-6-chars': 'password of another length than six',
  'MN-not-24-hex': 'MN is not 24 characters of 0–9, A–F',
  'MN-spaces': 'spaces around MN',
  'no-CP': 'no data area',
  'cp-unclosed': 'data area without closing &&',
  'empty-cp-item': 'empty item in the data area',
  'item-without-value': 'item without "="',
  'item-without-name': 'item without a name or code',
  'control-character-in-code': 'control character in a code: the item is not used',
  'code-format': 'code of more than 12 characters or of other characters than letters, digits, "_"',
  'suffix-case': 'suffix in another case than the standard writes',
  'duplicate-field': 'the same code and suffix twice; the first one counts',
  'stray-Flag': 'Flag without a code in the data area',
  'value-empty': 'numeric field without a value',
  'value-not-number': 'numeric field whose text is no number',
  'value-format': 'number with "+" or an exponent',
  'value-too-long': 'numeric text of more than 20 characters: not used',
  'value-fill': 'a fill value that stands for "no value"',
  'text-not-utf8': 'text in GB18030 or without a known encoding',
} as const

/** A known name, or `<field>-not-14-digits` for a time of another form. */
export type AnomalyName = keyof typeof anomalyNames | `${string}-not-14-digits`

/** Collects anomalies once each, in order; allocates nothing until the first one. */
export class AnomalyList {
  private names: string[] | null = null

  add(name: AnomalyName): void {
    if (this.names === null) this.names = [name]
    else if (!this.names.includes(name)) this.names.push(name)
  }

  take(): readonly string[] {
    return this.names ?? noAnomalies
  }
}

export const noAnomalies: readonly string[] = Object.freeze([])

/** For places that need a list before there is a frame. */
export const noAnomalyList = new AnomalyList()
