import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { offlineWorker } from './offline.vite.ts'

const WORTH_COMPRESSING_BYTES = 1024
const BROTLI_QUALITY = 9

/** Writes every text file a second and third time, compressed: the server sends it as it lies there. */
function compressed(): Plugin {
  return {
    name: 'shanshui-compressed',
    apply: 'build',
    writeBundle(options) {
      const folder = options.dir ?? 'dist'
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue
        const bytes = readFileSync(join(folder, name))
        if (bytes.length < WORTH_COMPRESSING_BYTES) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

const server = process.env.SHANSHUI_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), offlineWorker(import.meta.dirname), compressed()],
  server: { port: 5173, proxy: { '/api': { target: server, changeOrigin: false }, '/problems': server } },
  preview: { port: 5173, proxy: { '/api': { target: server, changeOrigin: false }, '/problems': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // The server speaks HTTP/1.1: a page must not need fifty small files. What most pages share comes in three.
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next)[\\/]/,
              priority: 3,
            },
            {
              name: 'interface',
              test: /node_modules[\\/](antd|@ant-design|@rc-component|@babel|stylis)[\\/]/,
              minShareCount: 8,
              priority: 2,
            },
            {
              name: 'shared',
              test: /(apps[\\/]web[\\/]src[\\/](api|address|app|components|format|session|theme)|packages)[\\/]/,
              minShareCount: 8,
              priority: 1,
            },
          ],
        },
      },
    },
  },
})
