/**
 * What a USB identity may mean at a club's entrance. It is never proof: the same chip sits in readers and in relays, and some
 * products say the name of another. So each names every candidate, and an installer finds out by listening (readers) or by an
 * explicit test (relays), never by a byte that is sent to see who answers.
 *
 * Sources: usb.ids 2025.07.26 unless `source` says otherwise.
 */
export interface UsbMeaning {
  /** Four lower-case hex digits. */
  vendorId: string;
  /** Left out: every product of that vendor. */
  productId?: string;
  /** A part of the product's own name, in lower case, that must be there too. */
  product?: string;
  /** The chip or product that says this of itself. */
  is: string;
  candidates: UsbCandidate[];
  /** What an installer must know or do. */
  note?: string;
  source?: string;
}

export interface UsbCandidate {
  role: 'reader' | 'relay' | 'line';
  what: string;
  /** Ids of the profiles that may fit, the likeliest first. */
  devices: string[];
}

const anyAdapter: UsbCandidate = {
  role: 'line',
  what: 'a plain USB to RS-232 or RS-485 adapter, with anything behind it (OSDP and Modbus too)',
  devices: [],
};
const serialReader: UsbCandidate = {
  role: 'reader',
  what: 'a card reader or scanner that sends by itself',
  devices: ['rdm6300', 'em-mf-usb', 'line'],
};
const lcusBoard: UsbCandidate = { role: 'relay', what: 'an LCUS relay board', devices: ['lcus'] };
const scannerPort: UsbCandidate[] = [{ role: 'reader', what: 'a barcode or QR scanner that sends lines', devices: ['line'] }];
const pcscReader: UsbCandidate[] = [{ role: 'reader', what: 'a PC/SC reader', devices: ['pcsc'] }];

const kernelDriver =
  "the kernel's own NFC driver takes it away from PC/SC: install systemd/gatehouse-nfc.conf, then plug it in again";
const ftdiWithoutDriver =
  'no serial port appears for it by itself: install systemd/60-gatehouse.rules, which tells the kernel which driver it wants';

/** The more exact ones first. */
export const usbMeanings: readonly UsbMeaning[] = [
  { vendorId: '1a86', productId: '7523', is: 'CH340, a serial chip', candidates: [serialReader, lcusBoard, anyAdapter] },
  { vendorId: '1a86', productId: '7522', is: 'CH340K, a serial chip', candidates: [serialReader, lcusBoard, anyAdapter] },
  { vendorId: '1a86', productId: '5523', is: 'CH341, a serial chip', candidates: [serialReader, lcusBoard, anyAdapter] },
  {
    vendorId: '1a86',
    productId: '55d3',
    is: 'CH343, a serial chip',
    candidates: [serialReader, lcusBoard, anyAdapter],
    source: 'unverified',
  },
  {
    vendorId: '1a86',
    productId: '55d4',
    is: 'CH9102, a serial chip',
    candidates: [serialReader, lcusBoard, anyAdapter],
    source: 'unverified',
  },
  {
    vendorId: '0403',
    productId: '1234',
    is: 'IronLogic Z-2 USB',
    candidates: [{ role: 'reader', what: 'a Z-2 USB card reader', devices: ['ironlogic', 'line'] }],
    note: ftdiWithoutDriver,
  },
  {
    vendorId: '0403',
    productId: '1235',
    is: 'IronLogic Z-397 converter',
    candidates: [{ role: 'line', what: 'an RS-485 converter with readers behind it', devices: ['ironlogic', 'line'] }],
    note: ftdiWithoutDriver,
  },
  ...['6001', '6010', '6011', '6014', '6015'].map((productId): UsbMeaning => {
    const kmtronic: UsbCandidate = { role: 'relay', what: 'a KMTronic relay board', devices: ['kmtronic'] };
    return { vendorId: '0403', productId, is: 'FTDI, a serial chip', candidates: [anyAdapter, kmtronic, serialReader] };
  }),
  { vendorId: '10c4', productId: 'ea60', is: 'CP210x, a serial chip', candidates: [serialReader, anyAdapter] },
  {
    vendorId: '067b',
    productId: '2303',
    is: 'PL2303, a serial chip',
    candidates: [anyAdapter, { role: 'relay', what: 'an ICStation relay board, which is not driven', devices: [] }, serialReader],
  },
  {
    vendorId: '16c0',
    productId: '05df',
    product: 'usbrelay',
    is: 'dcttech USB relay',
    candidates: [{ role: 'relay', what: 'a dcttech USB relay board', devices: ['dcttech'] }],
    source: 'github.com/darrylb123/usbrelay',
  },
  {
    vendorId: '16c0',
    productId: '05df',
    is: 'an id that many home-made HID devices share (V-USB)',
    candidates: [],
    note: 'its own name does not say that it is a relay',
  },
  {
    vendorId: '5131',
    productId: '2007',
    is: 'two different products',
    candidates: [
      { role: 'relay', what: 'an LCUS relay board that speaks HID', devices: ['lcus-hid'] },
      { role: 'reader', what: 'an MSR-101U magnetic-card reader, which types like a keyboard', devices: ['hid-keyboard'] },
    ],
    source: 'usbrelay udev rules against usb.ids 2025.07.26',
  },
  {
    vendorId: '0519',
    productId: '2018',
    is: 'Ucreatefun USB relay',
    candidates: [{ role: 'relay', what: 'a Ucreatefun HID relay board', devices: ['ucreatefun'] }],
  },
  { vendorId: '2a19', is: 'Numato Lab', candidates: [{ role: 'relay', what: 'a Numato relay board', devices: ['numato'] }] },
  { vendorId: '072f', productId: '2200', is: 'ACS ACR122U', candidates: pcscReader, note: kernelDriver },
  {
    vendorId: '072f',
    productId: '223b',
    is: 'ACS ACR1252U',
    candidates: pcscReader,
    source: 'raspberrypi.org forum, topic 116726',
  },
  { vendorId: '072f', productId: '221a', is: 'ACS ACR1251U', candidates: pcscReader },
  { vendorId: '072f', is: 'an ACS card reader', candidates: pcscReader },
  { vendorId: '076b', is: 'an OMNIKEY card reader', candidates: pcscReader },
  { vendorId: '04e6', productId: '5591', is: 'SCM SCL3711', candidates: pcscReader, note: kernelDriver },
  { vendorId: '054c', productId: '06c3', is: 'Sony RC-S380', candidates: pcscReader, note: kernelDriver },
  { vendorId: '05e0', productId: '1701', is: 'a Zebra scanner set to USB-COM', candidates: scannerPort },
  { vendorId: '05f9', productId: '4204', is: 'a Datalogic scanner set to USB-COM', candidates: scannerPort },
  ...scannerMakes(),
  {
    vendorId: '0c27',
    productId: '3bfa',
    is: 'RF IDeas pcProx',
    candidates: [{ role: 'reader', what: 'a card reader that types like a keyboard', devices: ['hid-keyboard'] }],
  },
  {
    vendorId: 'ffff',
    productId: '0035',
    is: 'SYC ID&IC USB reader',
    candidates: [{ role: 'reader', what: 'a 125 kHz card reader that types like a keyboard', devices: ['hid-keyboard'] }],
  },
];

/** Makes of scanners: what the device is set to is seen from how it is connected, not from its id. */
function scannerMakes(): UsbMeaning[] {
  const makes = { '0c2e': 'Honeywell', '05e0': 'Zebra', '05f9': 'Datalogic', '1eab': 'Newland' };
  return Object.entries(makes).map(([vendorId, make]) => ({
    vendorId,
    is: `a ${make} scanner`,
    candidates: [{ role: 'reader', what: 'a barcode or QR scanner', devices: ['hid-pos', 'hid-keyboard', 'line'] }],
    note: 'HID-POS or USB-COM is better than keyboard mode: its manual has a code to scan for that',
  }));
}

/** What a USB identity may mean; null: nothing is known of it. */
export function usbMeaning(usb: { vendorId: string; productId: string; product: string | null }): UsbMeaning | null {
  const product = (usb.product ?? '').toLowerCase();
  const fits = (meaning: UsbMeaning) =>
    meaning.vendorId === usb.vendorId &&
    (meaning.productId === undefined || meaning.productId === usb.productId) &&
    (meaning.product === undefined || product.includes(meaning.product));
  return usbMeanings.find(fits) ?? null;
}
