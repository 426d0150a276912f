import { inflateSync } from 'node:zlib';

export type Pixel = { red: number; green: number; blue: number; alpha: number };
export type Image = { width: number; height: number; pixels: Pixel[] };

const signature = '89504e470d0a1a0a';
/** Bytes of a pixel by PNG colour type: RGB and RGBA. */
const bytesOf: Record<number, number> = { 2: 3, 6: 4 };

/**
 * The pixels of a PNG with 8 bits a channel in RGB or RGBA, not interlaced, as browsers write them; null for
 * anything else.
 */
export function imageIn(png: Uint8Array): Image | null {
  const bytes = Buffer.from(png);
  if (bytes.subarray(0, 8).toString('hex') !== signature) return null;
  const header = bytes.subarray(16, 29);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const size = bytesOf[header[9]!];
  if (header[8] !== 8 || header[12] !== 0 || size === undefined) return null;
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * size, height, size);
  const pixels: Pixel[] = [];
  for (let at = 0; at < rows.length; at += size) {
    const [red, green, blue] = [rows[at]!, rows[at + 1]!, rows[at + 2]!];
    pixels.push({ red, green, blue, alpha: size === 4 ? rows[at + 3]! : 255 });
  }
  return { width, height, pixels };
}

/** Each row begins with the way in which it is told from its neighbours (PNG specification, "Filtering"). */
function unfilter(raw: Buffer, stride: number, height: number, size: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= size ? out[at - size]! : 0;
      const up = row > 0 ? out[at - stride]! : 0;
      const corner = row > 0 && column >= size ? out[at - stride - size]! : 0;
      const told = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!;
      out[at] = raw[row * (stride + 1) + 1 + column]! + told;
    }
  }
  return out;
}

/** PNG's Paeth predictor. */
function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
