import type { Command } from 'commander';
import type { JudgedDevice } from '../wiring/judge-devices.ts';
import type { Terminal } from './terminal.ts';

export function addDevicesList(devices: Command, terminal: Terminal): void {
  devices
    .command('list')
    .summary('list what is plugged in, what it probably is, and how to name it')
    .description(
      'Lists serial ports, HID devices and PC/SC readers with the name that stays the same, what each may be and why, who holds it, and ' +
        'lines for the configuration. Nothing is opened and nothing is sent to any device.',
    )
    .option('--json', 'one JSON object instead of words')
    .action(async ({ json }: { json?: true }) => {
      const [{ findDevices }, { judgeDevices }, { loadProfiles }, { systemClock }] = await Promise.all([
        import('../wiring/find-devices.ts'),
        import('../wiring/judge-devices.ts'),
        import('../load-profiles.ts'),
        import('../adapters/system/system-clock.ts'),
      ]);
      const { readers, relays } = await loadProfiles();
      const quiet = { info() {}, warn() {}, error() {} };
      const found = await findDevices({ clock: systemClock, log: quiet });
      const judged = judgeDevices(found, new Set([...readers.keys(), ...relays.keys()]));
      if (json) return terminal.out(JSON.stringify(judged));
      const { serial, hid, noHid, pcsc, noPcsc, unusable } = judged;
      show('Serial ports', serial, 'none: plug the device in', terminal);
      show('HID devices', hid, noHid ?? 'none', terminal);
      show('PC/SC readers', pcsc, noPcsc ?? 'none is plugged in', terminal);
      if (unusable.length === 0) return;
      terminal.out('');
      terminal.out('Plugged in, but not to be used as it is');
      for (const { usb, is, note } of unusable) terminal.out(`  ${usb.vendorId}:${usb.productId} ${is}: ${note}`);
    });
}

function show(title: string, devices: readonly JudgedDevice[], none: string, terminal: Terminal): void {
  if (title !== 'Serial ports') terminal.out('');
  terminal.out(title);
  if (devices.length === 0) terminal.out(`  ${none}`);
  for (const device of devices) for (const line of linesOf(device)) terminal.out(`  ${line}`);
}

function linesOf({ name, now, usb, is, candidates, heldBy, notes, config }: JudgedDevice): string[] {
  return [
    now === null ? name : `${name}  (now ${now})`,
    ...(usb === null ? [] : [`  USB ${usb.vendorId}:${usb.productId}, ${ownWords(usb)}`]),
    `  ${is ?? 'nothing is known of this id: listen to it (`gatehouse devices listen`)'}`,
    ...(candidates.length > 1 ? ['  may be one of:'] : []),
    ...candidates.map(({ what, devices }) => `    ${what}${devices.length === 0 ? '' : `: ${devices.join(', ')}`}`),
    ...notes.map((note) => `  note: ${note}`),
    ...(heldBy === null ? [] : [`  held by process ${heldBy.pid} (${heldBy.program})`]),
    ...(config.length === 0 ? [] : ['  for the configuration:']),
    ...config.map((line) => `    ${line}`),
  ];
}

/** What the device says of itself. */
function ownWords({ manufacturer, product, serialNumber }: NonNullable<JudgedDevice['usb']>): string {
  const called = product === null ? 'has no name' : `calls itself \`${product}\``;
  const maker = manufacturer === null ? '' : ` by \`${manufacturer}\``;
  return `${called}${maker}, ${serialNumber === null ? 'no serial number' : `serial number ${serialNumber}`}`;
}
