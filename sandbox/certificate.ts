import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** A certificate of our own making, and the key that belongs to it. */
export interface MadeCertificate {
  readonly pem: string
  readonly key: KeyObject
  readonly keyPem: string
}

export interface CertificateFacts {
  readonly commonName: string
  /** Names a server answers to; the common name without them. */
  readonly dnsNames?: readonly string[]
  readonly from_ms?: number
  readonly until_ms?: number
}

const day_ms = 86_400_000

/** Makes a self-signed X.509 certificate with an RSA key. */
export function madeCertificate(facts: CertificateFacts): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { commonName, dnsNames = [commonName] } = facts
  const { from_ms = Date.now() - day_ms, until_ms = Date.now() + day_ms } = facts
  const name = sequence(set(sequence(oid('550403'), tagged(0x0c, Buffer.from(commonName)))))
  const names = sequence(...dnsNames.map((dns) => tagged(0x82, Buffer.from(dns))))
  const certificate = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    signatureAlgorithm,
    name,
    sequence(time(from_ms), time(until_ms)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(oid('551d11'), tagged(0x04, names)))),
  )
  const signature = createSign('sha256').update(certificate).sign(privateKey)
  const bits = tagged(0x03, Buffer.concat([Buffer.from([0]), signature]))
  const whole = sequence(certificate, signatureAlgorithm, bits).toString('base64')
  const lines = whole.match(/.{1,64}/g) ?? []
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts)
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, ...parts)
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from([value]))
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}

/** RSA with SHA-256, and nothing more to say of it. */
const signatureAlgorithm = sequence(oid('2a864886f70d01010b'), tagged(0x05))

/** `YYYYMMDDHHMMSSZ` */
function time(time_ms: number): Buffer {
  const digits = new Date(time_ms).toISOString().slice(0, 19).replace(/\D/g, '')
  return tagged(0x18, Buffer.from(`${digits}Z`))
}
