import { cardRead, inputStatus, keysPressed, outputStatus, ownStatus } from './happening.ts';
import { createLights, type Light } from './lights.ts';
import { createOutputs, type OutputChange } from './outputs.ts';
import { ack, nak, nakCode, type Reply } from './reply.ts';

export interface DeviceOptions {
  /** The 12 bytes of PDID. */
  identity?: Uint8Array;
  /** PDCAP: function, compliance, count, and so on. */
  capabilities?: Uint8Array;
  outputs?: number;
  inputs?: number;
}

/** One sounding of the buzzer as the panel ordered it; `count` 0 is for ever. */
export interface Buzz {
  reader: number;
  tone: number;
  onMs: number;
  offMs: number;
  count: number;
}

/** What a hand at the device does, and an eye sees. */
export interface DeviceFront {
  /** `bits` as text, the first on the wire first. */
  presentCard(bits: string, reader?: number, format?: number): void;
  /** Digits, `*` and `#`, told in one reply. */
  pressKeys(keys: string, reader?: number): void;
  tamper(on: boolean): void;
  powerFail(on: boolean): void;
  input(number: number, isActive: boolean): void;
  light(reader?: number, led?: number): Light | null;
  readonly outputs: boolean[];
  readonly outputChanges: OutputChange[];
  readonly buzzes: readonly Buzz[];
}

export interface Device extends DeviceFront {
  /** Carries out what does not concern the line or its keys. */
  execute(id: number, data: Uint8Array): Reply;
  /** Loses what it kept in memory. */
  reset(): void;
}

/** As read off a real reader. Source: OSDP.Net, a captured PDID. */
const capturedIdentity = Uint8Array.from(Buffer.from('000EE3101000007497230606', 'hex'));

/** `monotonicMs` runs the lights and the outputs. */
export function createDevice(
  {
    identity = capturedIdentity,
    capabilities = new Uint8Array(),
    outputs: outputCount = 2,
    inputs: inputCount = 2,
  }: DeviceOptions,
  monotonicMs: () => number,
): Device {
  const happenings: Reply[] = [];
  const buzzes: Buzz[] = [];
  const outputs = createOutputs(outputCount, monotonicMs);
  const lights = createLights(monotonicMs);
  const inputs = Array.from({ length: inputCount }, () => false);
  let hasTamper = false;
  let hasPowerFailed = false;

  const alone = (data: Uint8Array, reply: () => Reply): Reply => (data.length === 0 ? reply() : nak(nakCode.badLength));
  const standard = (data: Uint8Array, reply: () => Reply): Reply => {
    if (data.length !== 1) return nak(nakCode.badLength);
    return data[0] === 0 ? reply() : nak(nakCode.badRecord);
  };
  const unlessRefused = (code: number | null): Reply => (code === null ? ack : nak(code));

  function buzz(data: Uint8Array): Reply {
    const [reader = 0, tone = 0, on = 0, off = 0, count = 0] = data;
    if (data.length !== 5) return nak(nakCode.badLength);
    if (tone > 2) return nak(nakCode.badRecord);
    buzzes.push({ reader, tone, onMs: on * 100, offMs: off * 100, count });
    return ack;
  }

  return {
    execute(id, data) {
      switch (id) {
        case 0x60:
          return alone(data, () => happenings.shift() ?? ack);
        case 0x61:
          return standard(data, () => ({ id: 0x45, data: identity }));
        case 0x62:
          return standard(data, () => ({ id: 0x46, data: capabilities }));
        case 0x64:
          return alone(data, () => ownStatus(hasTamper, hasPowerFailed));
        case 0x65:
          return alone(data, () => inputStatus(inputs));
        case 0x66:
          return alone(data, () => outputStatus(outputs.states()));
        case 0x67:
          return alone(data, () => ({ id: 0x4b, data: Uint8Array.of(0) }));
        case 0x68:
          return unlessRefused(outputs.command(data));
        case 0x69:
          return unlessRefused(lights.command(data));
        case 0x6a:
          return buzz(data);
        // ACURXSIZE and KEEPACTIVE change nothing here.
        case 0x7b:
        case 0xa7:
          return data.length === 2 ? ack : nak(nakCode.badLength);
        case 0xa2:
          return alone(data, () => ack);
        default:
          return nak(nakCode.unknownCommand);
      }
    },
    reset() {
      happenings.length = 0;
      outputs.release();
      lights.darken();
    },
    presentCard: (bits, reader = 0, format = 1) => void happenings.push(cardRead(bits, reader, format)),
    pressKeys: (keys, reader = 0) => void happenings.push(keysPressed(keys, reader)),
    tamper(on) {
      hasTamper = on;
      happenings.push(ownStatus(hasTamper, hasPowerFailed));
    },
    powerFail(on) {
      hasPowerFailed = on;
      happenings.push(ownStatus(hasTamper, hasPowerFailed));
    },
    input(number, isActive) {
      if (number >= inputs.length) throw new Error(`there is no input \`${number}\`: this device has ${inputs.length}`);
      inputs[number] = isActive;
      happenings.push(inputStatus(inputs));
    },
    light: (reader = 0, led = 0) => lights.light(reader, led),
    get outputs() {
      return outputs.states();
    },
    get outputChanges() {
      return outputs.changes();
    },
    buzzes,
  };
}
