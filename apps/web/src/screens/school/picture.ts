/** A picture from a person's files, drawn small as a PNG: what `school.setLogo` takes. */
import { LOGO_BYTES } from '@recreio/protocol';

/** Sides to try, in pixels, until the file is small enough. */
const SIDES = [256, 192, 128, 96, 64];

/** The picture as PNG in base64, drawn whole into a transparent square; null when the browser cannot read it. */
export async function smallPng(file: Blob): Promise<string | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null; // no picture, or one this browser does not know
  }
  try {
    for (const side of SIDES) {
      const canvas = new OffscreenCanvas(side, side);
      const scale = side / Math.max(bitmap.width, bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      canvas.getContext('2d')?.drawImage(bitmap, (side - width) / 2, (side - height) / 2, width, height);
      const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      if (png.length <= LOGO_BYTES) return btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(''));
    }
    return null;
  } finally {
    bitmap.close();
  }
}
