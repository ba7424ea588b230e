#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read this far and be told so.
const major = Number(process.versions.node.split('.')[0])
const here = new URL('..', import.meta.url)

async function start() {
  if (major >= 24) {
    // Keeps what stripping types and compiling gave: the next start takes half the time, the process less memory.
    const { enableCompileCache } = await import('node:module')
    const { fileURLToPath } = await import('node:url')
    enableCompileCache?.(fileURLToPath(new URL('../../node_modules/.cache/shanshui-compile', here)))
    await import(new URL('src/main.ts', here).href)
    return
  }
  // Started by an older Node (npx does that): go on with the Node that the packages brought along.
  const { createRequire } = await import('node:module')
  const { dirname, join } = await import('node:path')
  const { spawn } = await import('node:child_process')
  const { existsSync } = await import('node:fs')
  let node
  try {
    node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
  } catch {
    node = undefined
  }
  if (node === undefined || !existsSync(node)) {
    process.stderr.write(
      `山水需要 Node.js 24 或更新版本，当前是 ${process.version}。请在项目目录运行 npm ci，再用 npx shanshui 启动。\n` +
        `Shanshui needs Node.js 24 or newer, this is ${process.version}. Run npm ci in the project, then npx shanshui.\n`,
    )
    process.exitCode = 70
    return
  }
  const { fileURLToPath } = await import('node:url')
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both of us; everything else is for us to pass on. Then wait until it has stopped in order.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 70
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

await start()
