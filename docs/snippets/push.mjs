// Pushes wall, CPU and heap profiles of a Node program. Node has no lock profiles.
import Pyroscope from '@pyroscope/nodejs';

Pyroscope.init({
  appName: 'node-service',
  serverAddress: 'http://127.0.0.1:4040',
  wall: { collectCpuTime: true },
  tags: { pod: process.env.HOSTNAME ?? 'unknown', version: '1.0.0' },
});
Pyroscope.start();
