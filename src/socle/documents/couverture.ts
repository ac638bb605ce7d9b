const u16 = (b: Buffer, at: number) => b.readUInt16BE(at)
const u32 = (b: Buffer, at: number) => b.readUInt32BE(at)

function table(font: Buffer, tag: string): number {
  for (let i = 0; i < u16(font, 4); i++) {
    const entry = 12 + 16 * i
    if (font.toString('latin1', entry, entry + 4) === tag) return u32(font, entry + 8)
  }
  throw new Error(`font without table ${tag}`)
}

const hex = (point: number) => `\\u{${point.toString(16)}}`

/** The characters that a TrueType font cannot draw, by its `cmap` of format 12 (OpenType specification, « cmap »). */
export function readManquants(font: Buffer): RegExp {
  const cmap = table(font, 'cmap')
  for (let i = 0; i < u16(font, cmap + 2); i++) {
    const sub = cmap + u32(font, cmap + 4 + 8 * i + 4)
    if (u16(font, sub) !== 12) continue
    const groups = Array.from({ length: u32(font, sub + 12) }, (_, g) => sub + 16 + 12 * g)
    const ranges = groups.map((at) => `${hex(u32(font, at))}-${hex(u32(font, at + 4))}`)
    return new RegExp(`[^${ranges.join('')}]`, 'gu')
  }
  throw new Error('font without a cmap of format 12')
}
