import { z } from 'zod';

const wholeTopic = /^[^+#/\x00-\x1f](?:[^+#\x00-\x1f]*[^+#/\x00-\x1f])?$/;
const rule = 'must be one whole topic: without `+`, `#` and a `/` at either end';

/** A topic that names exactly one thing. */
export const exactTopic = z.string().max(200).regex(wholeTopic, rule);

/** Such a topic, or empty for none. */
export const optionalTopic = z
  .string()
  .max(200)
  .regex(new RegExp(`${wholeTopic.source}|^$`), rule)
  .default('');
