import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

/** Modules that have to be there without signal: the frame, signing in, the field pages and their words. */
const needed = [
  /\/src\/main\.tsx$/,
  /\/src\/app\/SignedIn\.tsx$/,
  /\/src\/session\/(LoginPage|PasswordPage|PasswordDialog)\.tsx$/,
  /\/src\/offline\/(?!worker\/)[^/]+\.tsx?$/,
  /\/src\/pages\/inspections\/field\/.+\.tsx?$/,
  /\/src\/i18n\/locales\/(zh-CN|en)\/(common|field)\.json$/,
]
const besides = [
  '/favicon.svg',
  '/manifest.webmanifest',
  '/icons/field-192.png',
  '/icons/field-512.png',
  '/icons/field-maskable-512.png',
]

type Bundle = Rolldown.OutputBundle

/** Files of the bundle that the field pages need, with whatever those import at once; sorted. */
function neededFiles(bundle: Bundle): string[] {
  const files = new Set<string>()
  const take = (name: string): void => {
    const chunk = bundle[name]
    if (files.has(name) || chunk === undefined) return
    files.add(name)
    if (chunk.type !== 'chunk') return
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset)
    for (const imported of chunk.imports) take(imported)
  }
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type !== 'chunk') continue
    // A chunk may be only the door of a module that lies in another one.
    const modules = [chunk.facadeModuleId ?? '', ...chunk.moduleIds]
    if (modules.some((id) => needed.some((pattern) => pattern.test(id)))) take(name)
  }
  return [...files].sort()
}

/**
 * Builds the service worker beside the application: `sw.js`, with the list of files that it keeps. Its version is the
 * digest of that list and of the pages without a hash, so that the same build is the same version.
 */
export function offlineWorker(root: string): Plugin {
  return {
    name: 'shanshui-offline-worker',
    apply: 'build',
    writeBundle: {
      sequential: true,
      async handler(options, bundle) {
        const folder = options.dir ?? join(root, 'dist')
        const files = ['/', ...besides, ...neededFiles(bundle).map((name) => `/${name}`)]
        const digest = createHash('sha256').update(files.join('\n'))
        for (const name of ['index.html', ...besides.map((path) => path.slice(1))])
          digest.update(readFileSync(join(folder, name)))
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          define: {
            FILES: JSON.stringify(files),
            VERSION: JSON.stringify(digest.digest('hex').slice(0, 12)),
          },
          build: {
            outDir: folder,
            emptyOutDir: false,
            target: 'es2022',
            modulePreload: false,
            rolldownOptions: {
              input: join(root, 'src', 'offline', 'worker', 'worker.ts'),
              output: { format: 'iife', entryFileNames: 'sw.js' },
            },
          },
        })
      },
    },
  }
}
