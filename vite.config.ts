import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/ui/app',
  plugins: [react()],
  build: { assetsInlineLimit: 0, outDir: '../../../dist', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': 'http://localhost:4000' } },
})
