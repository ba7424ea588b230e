/** For tests: an SMTP server and an HTTP gateway on this machine that keep what they are sent. */
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'

export interface FakeSmtp {
  readonly url: string
  readonly mails: readonly { to: string; data: string }[]
  /** Replies to RCPT TO from now on, e.g. `550 no such mailbox`; undefined: takes everything. */
  refuse(reply: string | undefined): void
  close(): Promise<void>
}

/** Speaks as much of RFC 5321 as a client needs to deliver. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const mails: { to: string; data: string }[] = []
  let refusal: string | undefined
  const server = createSocketServer((socket) => {
    let to = ''
    let data: string | undefined
    let rest = ''
    socket.on('error', () => undefined)
    socket.write('220 fake ready\r\n')
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data !== undefined) {
          if (line !== '.') {
            data += `${line}\n`
            continue
          }
          mails.push({ to, data })
          data = undefined
          socket.write('250 taken\r\n')
        } else if (/^RCPT TO:/i.test(line)) {
          to = /<(.*)>/.exec(line)?.[1] ?? ''
          socket.write(`${refusal ?? '250 ok'}\r\n`)
        } else if (/^DATA/i.test(line)) {
          data = ''
          socket.write('354 go on\r\n')
        } else if (/^QUIT/i.test(line)) {
          socket.end('221 bye\r\n')
        } else {
          socket.write('250 ok\r\n')
        }
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    refuse(reply) {
      refusal = reply
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

export interface FakeGateway {
  readonly url: string
  readonly requests: readonly { body: string; authorization: string | undefined }[]
  /** Status and body of the answers from now on. */
  answer(status: number, body: string): void
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

export async function startFakeGateway(): Promise<FakeGateway> {
  const requests: { body: string; authorization: string | undefined }[] = []
  let reply = { status: 200, body: '{"errcode":0}' }
  const server = createServer(async (request, response) => {
    requests.push({ body: await bodyOf(request), authorization: request.headers.authorization })
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    requests,
    answer(status, body) {
      reply = { status, body }
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
