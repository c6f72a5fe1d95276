/** A line that carries bytes: a serial port, a socket. Opening, framing and coming back are the app's (`keep-open.ts`, `run-reader.ts`). */
export interface LineTransport {
  /** What an installer recognises it by: `/dev/ttyUSB0`, `10.0.0.5:4001`. */
  readonly name: string;
  /** Opens it once. Rejects with a `Failure` (`absent`, `in_use`, `refused`, `not_installed`). */
  open(heard: LineEvents): Promise<OpenLine>;
}

export interface LineEvents {
  bytes(chunk: Uint8Array): void;
  /** Called once when an open line ends, unless `close` was called. `why` is for people. */
  closed(why: string): void;
}

export interface OpenLine {
  /** Hands all bytes to the system in one write. Rejects with a `Failure` when the line is gone. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** PC/SC: readers that hold a card and exchange APDUs with it. */
export interface CardTransport {
  start(heard: CardEvents): void;
  stop(): Promise<void>;
}

export interface CardEvents {
  /** The service's state changed: `up`, or down and why (`not installed`, `service is not running` …). It is retried for ever. */
  service(state: { up: boolean; why: string }): void;
  /** A reader appeared or went. */
  reader(name: string, present: boolean): void;
  card(card: PresentedCard): void;
}

/** A card on a reader, until it is taken away. */
export interface PresentedCard {
  reader: string;
  /** Answer to reset. */
  atr: Uint8Array;
  /** One APDU. Rejects with a `Failure` when the card is gone or the service hangs. */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
}

/** A USB HID device; what it sends comes as framed reports (`lib/framed.ts`). */
export interface HidTransport extends LineTransport {
  open(heard: LineEvents): Promise<OpenHid>;
}

/** `write` takes one output report, its report id first. */
export interface OpenHid extends OpenLine {
  /** Asks for a feature report; its id stands first in it. Rejects with a `Failure` when the device is gone. */
  featureReport(reportId: number, bytes: number): Promise<Uint8Array>;
}

/** Which USB HID device: everything that is not null must fit. Ids as four hex digits, lower case. */
export interface HidAddress {
  vendorId: string | null;
  productId: string | null;
  /** Part of the product's name. */
  product: string | null;
  serialNumber: string | null;
  /** The USB socket it is plugged into, as the kernel names it, `1-1.2`. */
  usbPort: string | null;
  /** `/dev/hidraw0`, or a link to it that stays the same. */
  path: string | null;
}
