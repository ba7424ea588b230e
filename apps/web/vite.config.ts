import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.SHANSHUI_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: { '/api': { target: server, changeOrigin: false }, '/problems': server } },
  preview: { port: 5173, proxy: { '/api': { target: server, changeOrigin: false }, '/problems': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
})
