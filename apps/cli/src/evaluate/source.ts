import { PassThrough, type Readable } from 'node:stream'

export type InputFormat = 'csv' | 'json-lines'

/**
 * Looks at the first character that is no white space or byte order mark: `{` means JSON lines, anything else CSV.
 * Returns the format and a stream that still begins at the beginning, as UTF-8 text. Empty input counts as CSV.
 * Bytes that are no UTF-8 cannot pass unchanged: that is told once through `onFault`.
 */
export async function detectFormat(
  input: Readable,
  onFault: (message: string) => void,
): Promise<{ format: InputFormat; source: Readable }> {
  input.setEncoding('utf8')
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<string>
  let head = ''
  for (;;) {
    const next = await chunks.next()
    if (next.done === true) break
    head += next.value
    if (withoutMark(head).trimStart() !== '') break
  }
  const text = withoutMark(head)
  const format = text.trimStart().startsWith('{') ? 'json-lines' : 'csv'
  const source = new PassThrough({ encoding: 'utf8', decodeStrings: true })
  void forward(text, chunks, source, onFault)
  return { format, source }
}

const BYTE_ORDER_MARK = '\uFEFF'

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

const REPLACEMENT = '\uFFFD'
const NOT_UTF8 = '输入不是 UTF-8 编码，部分字符已丢失；请先转换，例如 iconv -f GB18030 -t UTF-8'

async function forward(
  head: string,
  chunks: AsyncIterator<string>,
  target: PassThrough,
  onFault: (message: string) => void,
): Promise<void> {
  let told = false
  const pass = (text: string) => {
    if (!told && text.includes(REPLACEMENT)) {
      told = true
      onFault(NOT_UTF8)
    }
    return put(target, text)
  }
  try {
    await pass(head)
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      await pass(next.value)
    target.end()
  } catch (error) {
    target.destroy(error as Error)
  }
}

function put(target: PassThrough, text: string): Promise<void> {
  if (text === '' || target.write(text)) return Promise.resolve()
  return new Promise((resolve) => target.once('drain', resolve))
}
