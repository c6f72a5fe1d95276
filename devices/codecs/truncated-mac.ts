/** MACt of EV2 secure messaging, SDMMAC of SUN: the bytes 1, 3, 5 … 15 of a CMAC, counted from 0 (NXP AN12196, section 5.3). */
export function truncatedMac(cmac: Uint8Array): Uint8Array {
  return cmac.filter((_, place) => place % 2 === 1);
}
