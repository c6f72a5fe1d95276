import { describe } from 'vitest';
import { fakeBrokerServer } from '../kit/fake-broker.ts';
import { brokerContract } from './broker.ts';

describe('the fake broker of the other tests', () => {
  brokerContract(async () => {
    const server = fakeBrokerServer();
    return {
      connect: ({ presence }) => server.connect(presence === undefined ? {} : { presence }),
      retain: async (topic, payload) => server.retain(topic, payload),
      stop: async () => server.stop(),
      restart: async () => server.start(),
      end: async () => {},
    };
  });
});
