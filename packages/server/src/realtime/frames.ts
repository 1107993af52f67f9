/** Frames on the wire: a JSON object as one unmasked WebSocket text message, encoded once for however many readers. */
import type { ServerFrame } from '@recreio/protocol';

/** A WebSocket text frame around a payload (RFC 6455 §5.2); servers do not mask (§5.1). */
export const encodeText = (json: string): Buffer => {
  const length = Buffer.byteLength(json);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x81; // FIN, opcode text
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(json, header);
  return frame;
};

/** A frame ready to be written. */
export const encode = (frame: ServerFrame): Buffer => encodeText(JSON.stringify(frame));
