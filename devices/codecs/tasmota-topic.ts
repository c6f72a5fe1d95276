import { z } from 'zod';
import { exactTopic } from './mqtt-topic.ts';

/** Where a Tasmota device speaks, as it is set in the device (tasmota.github.io/docs, "MQTT"). */
export const tasmotaTopics = {
  topic: exactTopic.default('tasmota').describe('The topic set in the device (`Topic`).'),
  fullTopic: z
    .string()
    .regex(/^[^+#]*$/, 'must be one topic: without `+` and `#`')
    .refine(
      (text) => ['%prefix%', '%topic%'].every((part) => text.split(part).length === 2),
      'must have `%prefix%` and `%topic%`, once each',
    )
    .default('%prefix%/%topic%/')
    .describe('The full topic set in the device (`FullTopic`).'),
};

export interface TasmotaDevice {
  topic: string;
  fullTopic: string;
}

/** The topic of one command or report. */
export function tasmotaTopic(device: TasmotaDevice, prefix: 'cmnd' | 'stat' | 'tele', name: string): string {
  return `${device.fullTopic.replace('%prefix%', prefix).replace('%topic%', device.topic).replace(/\/?$/, '/')}${name}`;
}
