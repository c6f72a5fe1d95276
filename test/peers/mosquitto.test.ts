import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { connectMqttBroker } from '../../src/adapters/broker/mqtt-broker.ts';
import { brokerContract } from '../contract/broker.ts';
import { describeWith } from '../kit/peers.ts';

describeWith('mosquitto', 'MQTT with a real Mosquitto', (program) => {
  brokerContract(async () => {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-mosquitto-'));
    const config = join(folder, 'mosquitto.conf');
    await writeFile(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\n`);
    const url = `mqtt://127.0.0.1:${port}`;
    let broker = await start(program, config, port);
    return {
      connect: (options) => connectMqttBroker({ url, ...options }),
      retain: async (topic, payload) => {
        const client = await mqtt.connectAsync(url);
        await client.publishAsync(topic, payload, { qos: 1, retain: true });
        await client.endAsync();
      },
      stop: () => kill(broker),
      restart: async () => {
        broker = await start(program, config, port);
      },
      end: async () => {
        await kill(broker);
        await rm(folder, { recursive: true });
      },
    };
  });
});

async function start(program: string, config: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['-c', config], { stdio: 'ignore' });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
