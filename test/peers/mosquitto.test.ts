import mqtt from 'mqtt';
import { connectMqttBroker } from '../../src/adapters/broker/mqtt-broker.ts';
import { brokerContract } from '../contract/broker.ts';
import { startMosquitto } from '../kit/mosquitto.ts';
import { describeWith } from '../kit/peers.ts';

describeWith('mosquitto', 'MQTT with a real Mosquitto', (program) => {
  brokerContract(async () => {
    const { url, kill, start } = await startMosquitto(program);
    return {
      connect: (options) => connectMqttBroker({ url, ...options }),
      retain: async (topic, payload) => {
        const client = await mqtt.connectAsync(url);
        await client.publishAsync(topic, payload, { qos: 1, retain: true });
        await client.endAsync();
      },
      stop: kill,
      restart: start,
      end: kill,
    };
  });
});
