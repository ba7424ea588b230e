/** The demo city. */
import type { ErrorEntry } from './entry.ts'

export const demoErrors = {
  'demo.folder-foreign': {
    status: 409,
    title: '不是演示城市的数据目录',
    en: 'Not a data folder of the demo city',
    advice: '用 --data 另选目录；该目录不会被清空。',
  },
  'demo.port-taken': {
    status: 409,
    title: '端口已被占用',
    en: 'The port is taken',
    advice: '用 --port 或 --gateway-port 换一个端口，或先停止占用它的程序。',
  },
  'demo.load-failed': {
    status: 500,
    title: '演示城市装载失败',
    en: 'The demo city could not be loaded',
    advice: '用 --fresh 重新装载；仍不成功时查看数据目录中的 server.log。',
  },
} as const satisfies Record<string, ErrorEntry>
