/** NFC Forum URI record type, section 3.2.2: what the first byte stands for. */
const prefixes = [
  '',
  'http://www.',
  'https://www.',
  'http://',
  'https://',
  'tel:',
  'mailto:',
  'ftp://anonymous:anonymous@',
  'ftp://ftp.',
  'ftps://',
  'sftp://',
  'smb://',
  'nfs://',
  'ftp://',
  'dav://',
  'news:',
  'telnet://',
  'imap:',
  'rtsp://',
  'urn:',
  'pop:',
  'sip:',
  'sips:',
  'tftp:',
  'btspp://',
  'btl2cap://',
  'btgoep://',
  'tcpobex://',
  'irdaobex://',
  'file://',
  'urn:epc:id:',
  'urn:epc:tag:',
  'urn:epc:pat:',
  'urn:epc:raw:',
  'urn:epc:',
  'urn:nfc:',
];

const wellKnownType = 0x01;
const uriType = 'U';

/** The first address in an NDEF message (NFC Forum NDEF 1.0, section 3.2); null: there is none, or it is cut off. */
export function addressIn(message: Uint8Array): string | null {
  let at = 0;
  while (at < message.length) {
    const record = recordAt(message, at);
    if (record === null) return null;
    const { format, type, payload, end } = record;
    if (format === wellKnownType && type === uriType && payload.length > 0) {
      const prefix = prefixes[payload[0] ?? 0];
      return prefix === undefined ? null : prefix + Buffer.from(payload.subarray(1)).toString('utf8');
    }
    at = end;
  }
  return null;
}

function recordAt(message: Uint8Array, start: number): { format: number; type: string; payload: Uint8Array; end: number } | null {
  const bytes = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const header = message[start] ?? 0;
  const [isShort, hasId] = [(header & 0x10) !== 0, (header & 0x08) !== 0];
  const lengthAt = start + 2;
  const idLengthAt = lengthAt + (isShort ? 1 : 4);
  const typeAt = idLengthAt + (hasId ? 1 : 0);
  if (typeAt > message.length) return null;
  const typeLength = message[start + 1] ?? 0;
  const payloadLength = isShort ? (message[lengthAt] ?? 0) : bytes.getUint32(lengthAt);
  const payloadAt = typeAt + typeLength + (hasId ? (message[idLengthAt] ?? 0) : 0);
  const end = payloadAt + payloadLength;
  if (end > message.length) return null;
  const type = Buffer.from(message.subarray(typeAt, typeAt + typeLength)).toString('latin1');
  return { format: header & 0x07, type, payload: message.subarray(payloadAt, end), end };
}
